// Every form in every tint once, from the same drawings as the globe's atlas.
import type { Theme } from '../engine/theme.ts';
import { drawForm } from '../glyphs/draw.ts';
import { forms, tints } from '../glyphs/rule.ts';

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
  const context = canvas.getContext('2d');
  if (!context) throw new Error('glyph atlas: no 2D canvas in this browser: use a current one');
  const halo = css(theme.halo);
  const mapping: Record<string, IconCell> = {};
  let cell = 0;
  for (const [formAt, form] of forms.entries()) {
    for (const [tintAt, tint] of tints.entries()) {
      const left = (cell % COLUMNS) * CELL_PX;
      const top = Math.floor(cell / COLUMNS) * CELL_PX;
      const at = { x: left + CELL_PX / 2, y: top + CELL_PX / 2, size: CELL_PX };
      for (let step = 0; step < HALO_STEPS; step++) {
        const turn = (step / HALO_STEPS) * 2 * Math.PI;
        const around = { x: at.x + Math.cos(turn) * HALO_PX, y: at.y + Math.sin(turn) * HALO_PX };
        drawForm(context, form, { ...at, ...around, pens: { tint: halo, ink: halo, gap: halo } });
      }
      const pens = { tint: css(theme.tints[tint]), ink: css(theme.ink), gap: halo };
      drawForm(context, form, { ...at, pens });
      mapping[iconName(formAt, tintAt)] = { x: left, y: top, width: CELL_PX, height: CELL_PX, mask: false };
      cell++;
    }
  }
  return { canvas, mapping };
}
