// Ties the scene of a dam to the page: its canvas, its size, what the row says now, where the labels go, and a new scene on a
// new canvas when the browser lost the WebGL context.
import { onUnmounted, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { heightAt } from '../../../height-grid.ts';
import { settings } from '../../../settings.ts';
import type { Dam } from '../../../stores/dams.ts';
import { heightGrid } from '../../../stores/ground.ts';
import { light, night } from '../../engine/theme.ts';
import { DamScene, type DamMoment } from './dam-scene.ts';
import { spread, type Mark } from './dam-state.ts';
import { exposeCloseup } from './test-hook.ts';

/** Height of a label, px: they keep this apart. */
const LABEL_PX = 22;
/** Width of the longest label of a level, px. */
const MARK_PX = 210;
/** Finer than this nobody sees, and the software that draws where no card is cannot. */
const MOST_PIXEL_RATIO = 2;

export interface Placed {
  readonly left: number;
  readonly top: number;
  /** Where its mark really is, px from the label's middle. */
  readonly lift: number;
}
type MaybePlaced = Placed | null;

export interface LabelPlaces {
  readonly marks: readonly MaybePlaced[];
  readonly gates: readonly MaybePlaced[];
  readonly pool: MaybePlaced;
  readonly inflow: MaybePlaced;
  readonly tail: MaybePlaced;
  readonly crest: MaybePlaced;
  readonly plant: MaybePlaced;
}
const NOWHERE: LabelPlaces = {
  ...{ marks: [], gates: [] },
  ...{ pool: null, inflow: null, tail: null, crest: null, plant: null },
};

export interface DamShown extends DamMoment {
  readonly dam: Dam;
  readonly marks: readonly Mark[];
}

export function useDamScene(canvas: Readonly<Ref<HTMLCanvasElement | null>>, shown: ComputedRef<DamShown>) {
  const failure = shallowRef<string | null>(null);
  const places = shallowRef<LabelPlaces>(NOWHERE);
  const scene = shallowRef<DamScene | null>(null);
  /** A lost canvas never draws again: the page gives a new one for every number. */
  const generation = shallowRef(0);
  let release: (() => void) | null = null;

  function placeLabels(current: DamScene): void {
    places.value = labelPlaces(current, shown.value);
  }

  function start(element: HTMLCanvasElement): void {
    try {
      const { dam } = shown.value;
      const current = sceneOf(element, dam, () => placeLabels(current));
      scene.value = current;
      failure.value = null;
      const watcher = new ResizeObserver(() =>
        current.resize(
          element.clientWidth,
          element.clientHeight,
          settings.e2e ?? Math.min(MOST_PIXEL_RATIO, devicePixelRatio),
        ),
      );
      const lost = (event: Event): void => {
        event.preventDefault();
        generation.value++;
      };
      element.addEventListener('webglcontextlost', lost);
      watcher.observe(element);
      current.show(shown.value);
      release = () => {
        watcher.disconnect();
        element.removeEventListener('webglcontextlost', lost);
        current.destroy();
      };
      exposeCloseup(current, element);
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    }
  }

  function stop(): void {
    release?.();
    release = null;
    scene.value = null;
    places.value = NOWHERE;
  }

  watch(
    canvas,
    (element) => {
      stop();
      if (element) start(element);
    },
    { flush: 'post', immediate: true },
  );
  watch(shown, (now) => scene.value?.show(now));
  onUnmounted(stop);
  return { scene, failure, places, generation };
}

function sceneOf(canvas: HTMLCanvasElement, dam: Dam, onDrawn: () => void): DamScene {
  const grid = heightGrid.value;
  const surroundings = {
    at: dam.at,
    flowDeg: dam.flowDeg,
    course: dam.course,
    heightAt: grid && ((lon: number, lat: number) => heightAt(grid, lon, lat)),
  };
  // The page may have its own: what its texts follow, the picture follows.
  const theme = document.documentElement.dataset['theme'] === 'light' ? light : night;
  return new DamScene({ canvas, dam, surroundings, theme, onDrawn });
}

function labelPlaces(scene: DamScene, { marks, gates, levelM, outflowM3S }: DamShown): LabelPlaces {
  const at = (place: readonly [number, number, number]): MaybePlaced => {
    const on = scene.project(place);
    return on && { ...on, lift: 0 };
  };
  // Levels stand on the upstream face: from below the dam hides them.
  const fromUpstream = !scene.orbit.isDownstream;
  const ends = marks.map(({ levelM: y }) =>
    fromUpstream && y >= (levelM ?? -Infinity) ? at(scene.markEnd(scene.above(y))) : null,
  );
  // One column, however the ends run away from the eye.
  const column = Math.min(Math.max(...ends.map((end) => end?.left ?? 0)), scene.widthPx - MARK_PX);
  const tops = spread(
    ends.map((end) => end?.top ?? 0),
    LABEL_PX,
  );
  return {
    marks: ends.map(
      (end, i) =>
        end && {
          left: column,
          top: tops[i] ?? end.top,
          lift: end.top - (tops[i] ?? end.top),
        },
    ),
    gates: gates.map((_, i) => at(scene.gateTop(i))),
    pool: levelM === null ? null : at(scene.spot('pool')),
    inflow: levelM === null ? null : at(scene.spot('inflow')),
    tail: outflowM3S === null || fromUpstream ? null : at(scene.spot('tail')),
    crest: fromUpstream ? null : at(scene.spot('crest')),
    plant: fromUpstream ? null : at(scene.spot('plant')),
  };
}
