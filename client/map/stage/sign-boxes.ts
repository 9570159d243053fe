// The signs of the layers as boxes on the screen, so that texts stand beside them: those in a severity or ringed must stay
// free, the calm ones should.
import { representationAt, type Look } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import { visible } from '../../stores/view.ts';
import { glyphsOf } from '../../stores/glyphs.ts';
import type { StageState } from '../engine/stage-state.ts';
import { NO_FORM, RECORD_BYTES, RECORD_FLOATS, isCalm } from '../glyphs/record.ts';
import { GROUP_BYTES, GROUP_FLOATS, STYLE_AT as GROUP_STYLE_AT } from '../groups/group-record.ts';
import type { Box, ScreenGrid } from '../labels/screen-grid.ts';
import type { Projector } from './camera.ts';
import { sizeAt } from './glyph-drawing.ts';

/** Where the style of a record begins: form, tint and flags, heading, scale in sixteenths. */
const STYLE_AT = 32;
/** A group of one is drawn a little smaller than the same sign close up. */
const SINGLE = 0.8;
/** A ring around a sign reaches this much farther than the sign. */
const RING = 1.1;

const box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
const at = { x: 0, y: 0 };
const place: [number, number, number] = [0, 0, 0];

export interface SignGround {
  readonly state: StageState;
  readonly projector: Projector;
}

/** Where the boxes go: `soft` is null where calm signs do not matter. */
export interface SignGrids {
  readonly hard: ScreenGrid;
  readonly soft: ScreenGrid | null;
}

export function addSignBoxes(ground: SignGround, grids: SignGrids): void {
  const { heightM } = ground.state;
  for (const [slug, look] of looks) {
    const as = representationAt(look, heightM);
    // Rows that move are no reason for a name to step aside, and groups are claims of their own.
    if (look.layer.moving || as === 'groups' || !visible.get(slug)) continue;
    addGlyphs(ground, look, { ...grids, soft: as === 'glyphs' ? grids.soft : null });
  }
}

function addGlyphs({ state, projector }: SignGround, look: Look, { hard, soft }: SignGrids): void {
  const { floats, bytes, highWater } = glyphsOf(look.layer.slug);
  const px = sizeAt(look.size, state.heightM) * state.pixelScale;
  for (let slot = 0; slot < highWater; slot++) {
    const style = slot * RECORD_BYTES + STYLE_AT;
    if (bytes[style] === NO_FORM) continue;
    const grid = isCalm(bytes[style + 1] as number) ? soft : hard;
    if (!grid) continue;
    const record = slot * RECORD_FLOATS;
    place[0] = floats[record] as number;
    place[1] = floats[record + 1] as number;
    place[2] = floats[record + 6] as number;
    if (projector.project(place, at)) addSquare(grid, (px * (bytes[style + 3] as number) * RING) / 32);
  }
}

/** Groups of one: signs at their places. */
export function addSingles(
  { state, projector }: SignGround,
  records: Iterable<readonly [Look, Uint8Array<ArrayBuffer>]>,
  { hard, soft }: SignGrids,
): void {
  for (const [look, bytes] of records) {
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    const px = look.size.nearPx * SINGLE * state.pixelScale;
    for (let index = 0; index * GROUP_BYTES < bytes.byteLength; index++) {
      const record = index * GROUP_FLOATS;
      if ((floats[record + 3] as number) > 1) continue;
      const style = index * GROUP_BYTES + GROUP_STYLE_AT;
      const grid = isCalm(bytes[style + 1] as number) ? soft : hard;
      if (!grid) continue;
      place[0] = floats[record] as number;
      place[1] = floats[record + 1] as number;
      place[2] = floats[record + 2] as number;
      if (projector.project(place, at)) addSquare(grid, (px * (bytes[style + 3] as number) * RING) / 32);
    }
  }
}

/** What people chose or asked about stays free: a ring so wide around each place. */
export function addChosen(
  { projector }: SignGround,
  chosen: readonly { readonly place: readonly [number, number, number]; readonly radiusPx: number }[],
  hard: ScreenGrid,
): void {
  for (const one of chosen) if (projector.project(one.place, at)) addSquare(hard, one.radiusPx);
}

/** A square around `at`. */
function addSquare(grid: ScreenGrid, half: number): void {
  box.left = at.x - half;
  box.right = at.x + half;
  box.top = at.y - half;
  box.bottom = at.y + half;
  grid.add(box);
}
