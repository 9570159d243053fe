// The signs of the layers as boxes on the screen, so that labels stand beside them: those in a severity or ringed must
// stay free, the calm ones should.
import { representationAt } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import { visible } from '../../stores/view.ts';
import { glyphsOf } from '../../stores/glyphs.ts';
import type { StageState } from '../engine/stage-state.ts';
import { NO_FORM, RECORD_BYTES, RECORD_FLOATS, isCalm } from '../glyphs/record.ts';
import type { Box, ScreenGrid } from '../labels/screen-grid.ts';
import type { Projector } from './camera.ts';
import { sizeAt } from './glyph-drawing.ts';

/** Where the style of a record begins: form, tint and flags, heading, scale in sixteenths. */
const STYLE_AT = 32;

const box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
const at = { x: 0, y: 0 };
const place: [number, number, number] = [0, 0, 0];

export function addSignBoxes(
  { state, projector }: { state: StageState; projector: Projector },
  { hard, soft }: { hard: ScreenGrid; soft: ScreenGrid },
): void {
  for (const [slug, look] of looks) {
    const as = representationAt(look, state.heightM);
    // Rows that move are no reason for a name to step aside, and groups are boxes of their own.
    if (look.layer.moving || as === 'groups' || !visible.get(slug)) continue;
    const { floats, bytes, highWater } = glyphsOf(slug);
    const px = sizeAt(look.size, state.heightM) * state.pixelScale;
    const calmHidden = as !== 'glyphs';
    for (let slot = 0; slot < highWater; slot++) {
      const style = slot * RECORD_BYTES + STYLE_AT;
      if (bytes[style] === NO_FORM) continue;
      const calm = isCalm(bytes[style + 1] as number);
      if (calm && calmHidden) continue;
      const record = slot * RECORD_FLOATS;
      place[0] = floats[record] as number;
      place[1] = floats[record + 1] as number;
      place[2] = floats[record + 6] as number;
      if (!projector.project(place, at)) continue;
      const half = (px * (bytes[style + 3] as number)) / 32;
      box.left = at.x - half;
      box.right = at.x + half;
      box.top = at.y - half;
      box.bottom = at.y + half;
      (calm ? soft : hard).add(box);
    }
  }
}

/** What of the page lies over the map and is read: names stand beside it. */
export function coversOf(canvas: HTMLCanvasElement): Box[] {
  const map = canvas.getBoundingClientRect();
  const scale = canvas.width / Math.max(1, map.width);
  return [...document.querySelectorAll('aside, header, [data-over-map]')]
    .map((element) => element.getBoundingClientRect())
    .filter(
      ({ left, right, top, bottom, width }) =>
        width > 0 && left < map.right && right > map.left && top < map.bottom && bottom > map.top,
    )
    .map(({ left, right, top, bottom }) => ({
      left: (left - map.left) * scale,
      right: (right - map.left) * scale,
      top: (top - map.top) * scale,
      bottom: (bottom - map.top) * scale,
    }));
}
