// Every form in every tint once, from the same drawings as the globe's atlas.
import type { Theme } from '../engine/theme.ts';
import { forms, tints, type Form } from '../../looks/sign.ts';
import { drawForm } from '../../ui/glyphs/draw.ts';

const CELL_PX = 64;
const COLUMNS = 32;
const HALO_PX = 3;
const HALO_STEPS = 12;

export interface IconAtlas {
  readonly canvas: HTMLCanvasElement;
  readonly mapping: Readonly<Record<string, IconCell>>;
}

interface IconCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly mask: false;
}

export const iconName = (form: number, tint: number): string => `${form}/${tint}`;

const css = ([red, green, blue]: readonly number[]): string =>
  `rgb(${Math.round((red ?? 0) * 255)} ${Math.round((green ?? 0) * 255)} ${Math.round((blue ?? 0) * 255)})`;

export function drawIcons(theme: Theme): IconAtlas {
  const canvas = document.createElement('canvas');
  canvas.width = COLUMNS * CELL_PX;
  canvas.height = Math.ceil((forms.length * tints.length) / COLUMNS) * CELL_PX;
  const context = contextOf(canvas);
  const halo = css(theme.halo);
  const mapping: Record<string, IconCell> = {};
  let cell = 0;
  for (const [formAt, form] of forms.entries()) {
    const around = haloOf(form, halo);
    for (const [tintAt, tint] of tints.entries()) {
      const x = (cell % COLUMNS) * CELL_PX;
      const y = Math.floor(cell / COLUMNS) * CELL_PX;
      context.drawImage(around, x, y);
      const at = { x: x + CELL_PX / 2, y: y + CELL_PX / 2, size: CELL_PX };
      drawForm(context, form, { ...at, pens: { tint: css(theme.tints[tint]), gap: halo } });
      mapping[iconName(formAt, tintAt)] = { x, y, width: CELL_PX, height: CELL_PX, mask: false };
      cell++;
    }
  }
  return { canvas, mapping };
}

/** The form in the colour of the paper, drawn all around: it keeps signs apart from what lies under them. */
function haloOf(form: Form, colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = CELL_PX;
  canvas.height = CELL_PX;
  const context = contextOf(canvas);
  for (let step = 0; step < HALO_STEPS; step++) {
    const turn = (step / HALO_STEPS) * 2 * Math.PI;
    const x = CELL_PX / 2 + Math.cos(turn) * HALO_PX;
    const y = CELL_PX / 2 + Math.sin(turn) * HALO_PX;
    drawForm(context, form, { x, y, size: CELL_PX, pens: { tint: colour, gap: colour } });
  }
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('glyph atlas: no 2D canvas in this browser: use a current one');
  return context;
}
