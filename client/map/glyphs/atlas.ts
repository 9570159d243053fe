// The glyph atlas: every form once, as coverage in three channels. Made after the fonts are there.
import {
  MipmapHint,
  Sampler,
  Texture,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  type Context,
} from 'cesium';
import { forms } from '../../looks/sign.ts';
import { drawForm, type Pens } from '../../ui/glyphs/draw.ts';

export const ATLAS_COLUMNS = 8;
export const ATLAS_ROWS = 12;
const CELL_PX = 128;
const HALO_PX = 7;
const HALO_STEPS = 16;

const COVERAGE: Pens = { tint: '#f00', gap: '#00f' };
const HALO: Pens = { tint: '#00f', gap: '#00f' };

export function drawAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = ATLAS_COLUMNS * CELL_PX;
  canvas.height = ATLAS_ROWS * CELL_PX;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('glyph atlas: no 2D canvas in this browser: use a current one');
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  forms.forEach((form, index) => {
    const x = ((index % ATLAS_COLUMNS) + 0.5) * CELL_PX;
    const y = (Math.floor(index / ATLAS_COLUMNS) + 0.5) * CELL_PX;
    for (let step = 0; step < HALO_STEPS; step++) {
      const turn = (step / HALO_STEPS) * 2 * Math.PI;
      const at = {
        x: x + Math.cos(turn) * HALO_PX,
        y: y + Math.sin(turn) * HALO_PX,
        size: CELL_PX,
        pens: HALO,
      };
      drawForm(context, form, at);
    }
    drawForm(context, form, { x, y, size: CELL_PX, pens: COVERAGE });
  });
  return canvas;
}

export function createAtlas(context: Context): Texture {
  const texture = new Texture({ context, source: drawAtlas(), flipY: false });
  texture.generateMipmap(MipmapHint.NICEST);
  texture.sampler = new Sampler({
    minificationFilter: TextureMinificationFilter.LINEAR_MIPMAP_LINEAR,
    magnificationFilter: TextureMagnificationFilter.LINEAR,
  });
  return texture;
}
