// Where things stand on a wall, in units of its picture, for each shape of picture and both modes. Screens read it;
// panels do not know it.
import type { Aspect, Slot } from '../../../contracts/records/scene.ts';
import type { Aim } from '../../stores/view.ts';

/** A box over the map, in units from the edges; the bar is above all of them. */
export interface Box {
  readonly left?: number;
  readonly right?: number;
  readonly width?: number;
  readonly top?: number;
  readonly bottom: number;
  readonly height?: number;
  /** Panels stand beside each other instead of below each other. */
  readonly row?: boolean;
}

export interface WallLayout {
  readonly boxes: Partial<Record<Slot, Box>>;
  /** Legend and the button of the layers: bottom left of the map. */
  readonly legend: {
    readonly left: number;
    readonly bottom: number;
    /** Only the notes: there is no room for signs beside the city. */
    readonly bare?: boolean;
  };
  readonly aim: Aim;
  /** Width of the line under the scene's question, characters: as far as the columns leave room around the aim. */
  readonly answerWidth: number;
}

export const SAFE = 1.9;
const TOP = 5;
/** Room that deviating rows take to the left of their column. */
const EDGE = 0.65;

/** Pictures narrower than this many units stack what wider ones put on the right. */
const WIDE_FROM = 88;
/** Two pictures of 16:9 side by side. */
const PANORAMA_FROM = 170;

export function aspectOf(widthU: number): Aspect {
  if (widthU >= PANORAMA_FROM) return '32:9';
  return widthU >= WIDE_FROM ? '16:9' : '4:3';
}

/** Columns of 32:9 end at tile edges of both two and four tiles: 50.5 and 151.5 of 202 units. */
const panorama = (): WallLayout => ({
  boxes: {
    left: { left: SAFE - EDGE, width: 17 + EDGE, top: TOP, bottom: 17.5 },
    'left-inner': { left: 20.6, width: 29.3, top: TOP, bottom: 17.5 },
    'right-inner': { right: SAFE + 24.6, width: 23.4, top: TOP, bottom: 17.5 },
    right: { right: SAFE, width: 23, top: TOP, bottom: 17.5 },
    foot: { left: SAFE, right: SAFE, bottom: 3, height: 13.6 },
  },
  legend: { left: 53, bottom: 17.5 },
  aim: { x: 0.5, y: 0.42, width: 0.42, height: 0.62 },
  answerWidth: 72,
});

const wide = (inCrisis: boolean): WallLayout => ({
  boxes: {
    left: { left: SAFE - EDGE, width: 18.7 + EDGE, top: TOP, bottom: inCrisis ? 8.6 : 3 },
    right: { right: SAFE, width: inCrisis ? 31.8 : 19.6, top: TOP, bottom: inCrisis ? 8.6 : 3 },
    foot: inCrisis
      ? { left: SAFE, right: SAFE, bottom: 1.9, height: 6 }
      : { left: 23.4, right: 24.2, bottom: 1.2, height: 6 },
  },
  legend: { left: inCrisis ? 22.6 : 23.4, bottom: inCrisis ? 8.6 : 8 },
  aim: inCrisis
    ? { x: 0.435, y: 0.47, width: 0.42, height: 0.66 }
    : { x: 0.506, y: 0.44, width: 0.545, height: 0.66 },
  answerWidth: inCrisis ? 38 : 54,
});

const narrow = (): WallLayout => ({
  boxes: {
    left: { left: SAFE - EDGE, width: 18 + EDGE, top: TOP, bottom: 3 },
    right: { left: 22.6, right: SAFE, bottom: 5.2, height: 16.4, row: true },
  },
  legend: { left: 22.6, bottom: 0.6, bare: true },
  aim: { x: 0.62, y: 0.38, width: 0.68, height: 0.5 },
  answerWidth: 46,
});

export function layoutOf(aspect: Aspect, inCrisis: boolean): WallLayout {
  switch (aspect) {
    case '32:9':
      return panorama();
    case '16:9':
      return wide(inCrisis);
    case '4:3':
      return narrow();
  }
}
