// The groups of a layer on the light map: a circle with the layer's sign and the count, a ring of its shares, the worst
// shape as a satellite; a group of one is that one's own glyph. Drawn like the globe's, with a pen.
import type { Look } from '../../looks/look.ts';
import { forms, isSeverity, severityForms, tints } from '../../looks/sign.ts';
import { drawForm } from '../../ui/glyphs/draw.ts';
import type { Theme } from '../engine/theme.ts';
import type { LocalFrame } from '../geo/enu.ts';
import { RINGED, TURNED, isCalm } from '../glyphs/record.ts';
import {
  ASIDE_AT,
  GROUP_BYTES,
  GROUP_FLOATS,
  HIDDEN_ASIDE,
  SHARES,
  STYLE_AT,
  WORST_AT,
  groupRadiusPx,
} from '../groups/group-record.ts';
import type { Hit } from '../layer.ts';
import { cssOf, type FlatView } from './flat-view.ts';

const RIM_PX = { mix: 3.4, plain: 1.4 };
const QUIET_ALPHA = 0.62;
const DISC_ALPHA = 0.88;
const SATELLITE_PX = 11;
const DOT_PX = 3;
/** A group of one is drawn at this part of its near size. */
const SINGLE_PART = 0.8;
const DIGITS = '"Barlow Condensed"';
const TURN = 2 * Math.PI;
/** Where the bytes of the shares begin in a record, and where the ends of each follow them. */
const SHARES_AT = 16;
/** Forms of the satellite by graveness from 2: blue, yellow, orange, red. */
const satellites = tints.filter(isSeverity).reverse();

export interface GroupCircle {
  readonly index: number;
  readonly count: number;
  /** CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** One in a severity or a ring, alone: no name may cover it. */
  readonly grave: boolean;
}

export class FlatGroups {
  readonly look: Look;
  shown = true;
  opacity = 1;
  private readonly frame: LocalFrame;
  private bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private floats = new Float32Array(0);
  private signed = new Int8Array(0);

  constructor(look: Look, frame: LocalFrame) {
    this.look = look;
    this.frame = frame;
  }

  /** @param records as they were settled: each says how far aside it stands, or that it has no room */
  lay(records: Uint8Array<ArrayBuffer>): void {
    if (records === this.bytes) return;
    this.bytes = records;
    this.floats = new Float32Array(records.buffer, records.byteOffset, records.byteLength / 4);
    this.signed = new Int8Array(records.buffer, records.byteOffset, records.byteLength);
  }

  draw(pen: CanvasRenderingContext2D, view: FlatView): void {
    for (const circle of this.circles(view)) {
      pen.globalAlpha = this.opacity;
      if (circle.count < 2) this.drawSingle(pen, circle, view);
      else this.drawCircle(pen, circle, view.theme);
    }
    pen.globalAlpha = 1;
  }

  /** The group under a point of the canvas; where it stands, metres on the plane. */
  pick(view: FlatView, at: { readonly x: number; readonly y: number }): Hit | null {
    for (const { index, x, y, radius, count } of this.circles(view)) {
      if (count < 2 || Math.hypot(x - at.x, y - at.y) > radius) continue;
      const [east = 0, north = 0] = this.floats.subarray(index * GROUP_FLOATS);
      return { layer: this.look.layer.slug, key: '', distancePx: 0, group: { count, east, north } };
    }
    return null;
  }

  /** Everything drawn, groups of one too. */
  circles({ viewport }: FlatView): GroupCircle[] {
    const found: GroupCircle[] = [];
    const { floats, signed, look } = this;
    if (!this.shown) return found;
    for (let index = 0; index * GROUP_BYTES < this.bytes.byteLength; index++) {
      const at = index * GROUP_FLOATS;
      const count = floats[at + 3] ?? 0;
      const [lon, lat] = this.frame.toLonLat(floats[at] ?? 0, floats[at + 1] ?? 0);
      const [x = 0, y = 0] = viewport.project([lon, lat]);
      const aside = index * GROUP_BYTES + ASIDE_AT;
      if (count > 1 && signed[aside] === HIDDEN_ASIDE) continue;
      const moved = count < 2 ? [0, 0] : [signed[aside] ?? 0, -(signed[aside + 1] ?? 0)];
      const radius = count < 2 ? (look.size.nearPx * SINGLE_PART) / 2 : groupRadiusPx(count);
      if (x < -radius || y < -radius || x > viewport.width + radius || y > viewport.height + radius) continue;
      const grave = count < 2 && !isCalm(this.bytes[index * GROUP_BYTES + STYLE_AT + 1] ?? 0);
      found.push({ index, count, x: x + (moved[0] ?? 0), y: y + (moved[1] ?? 0), radius, grave });
    }
    return found;
  }

  private drawSingle(
    pen: CanvasRenderingContext2D,
    { index, x, y, radius }: GroupCircle,
    { theme, bearing }: FlatView,
  ): void {
    const style = index * GROUP_BYTES + STYLE_AT;
    const form = forms[this.bytes[style] ?? 0] ?? 'dot';
    const tintByte = this.bytes[style + 1] ?? 0;
    const tint = tints[tintByte & (RINGED - 1)] ?? 'grey';
    const turn = (tintByte & TURNED) === 0 ? 0 : ((this.bytes[style + 2] ?? 0) / 256) * TURN;
    pen.save();
    pen.translate(x, y);
    pen.rotate(turn - (turn === 0 ? 0 : (bearing * Math.PI) / 180));
    const side = radius * 2 * 1.5 * ((this.bytes[style + 3] ?? 16) / 16);
    haloed(pen, { side, halo: cssOf(theme.halo), tint: cssOf(theme.tints[tint]) }, form);
    pen.restore();
    if ((tintByte & RINGED) === 0) return;
    pen.beginPath();
    pen.arc(x, y, side * 0.42, 0, TURN);
    pen.lineWidth = 1.4;
    pen.strokeStyle = cssOf(theme.ink);
    pen.stroke();
  }

  private drawCircle(pen: CanvasRenderingContext2D, circle: GroupCircle, theme: Theme): void {
    const { x, y, radius } = circle;
    const { mix = false, quiet = false } = this.look;
    const rim = mix ? RIM_PX.mix : RIM_PX.plain;
    pen.beginPath();
    pen.arc(x, y, radius, 0, TURN);
    pen.fillStyle = cssOf(theme.halo, DISC_ALPHA);
    pen.fill();
    pen.globalAlpha = this.opacity * (quiet ? QUIET_ALPHA : 1);
    pen.lineWidth = rim;
    if (mix) this.drawShares(pen, circle, theme);
    else {
      pen.beginPath();
      pen.arc(x, y, radius - rim / 2, 0, TURN);
      pen.strokeStyle = cssOf(theme.tints[quiet ? 'dim' : 'grey']);
      pen.stroke();
    }
    pen.globalAlpha = this.opacity;
    this.drawCount(pen, { ...circle, radius: radius - rim }, theme);
    this.drawWorst(pen, circle, theme);
  }

  /** The ring by the tints of the members, the largest share first. */
  private drawShares(
    pen: CanvasRenderingContext2D,
    { index, x, y, radius }: GroupCircle,
    theme: Theme,
  ): void {
    const at = index * GROUP_BYTES + SHARES_AT;
    let from = 0;
    for (let share = 0; share < SHARES; share++) {
      const to = (this.bytes[at + SHARES + share] ?? 0) / 255;
      if (to <= from) break;
      const gap = to - from < 0.995 ? 0.6 / radius : 0;
      pen.beginPath();
      pen.arc(
        x,
        y,
        radius - RIM_PX.mix / 2,
        from * TURN - Math.PI / 2 + gap,
        Math.min(1, to) * TURN - Math.PI / 2 - gap,
      );
      pen.strokeStyle = cssOf(theme.tints[tints[this.bytes[at + share] ?? 0] ?? 'grey']);
      pen.stroke();
      from = to;
    }
  }

  private drawCount(pen: CanvasRenderingContext2D, { x, y, radius, count }: GroupCircle, theme: Theme): void {
    const { quiet = false, form } = this.look;
    const tint = cssOf(theme.tints[quiet ? 'dim' : 'grey']);
    drawForm(pen, form, {
      x,
      y: y - radius * 0.5,
      size: radius * 0.93,
      pens: { tint, gap: cssOf(theme.halo) },
    });
    const tall = Math.min(20, Math.max(15, radius * 1.1));
    pen.font = `600 ${tall}px ${DIGITS}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    pen.fillStyle = quiet ? cssOf(theme.tints.grey) : cssOf(theme.ink);
    pen.fillText(count >= 1000 ? count.toLocaleString('en-US') : String(count), x, y + radius * 0.72);
  }

  private drawWorst(pen: CanvasRenderingContext2D, { index, x, y, radius }: GroupCircle, theme: Theme): void {
    const grave = this.bytes[index * GROUP_BYTES + WORST_AT] ?? 0;
    if (grave === 0) return;
    const there = { x: x + radius * 0.72, y: y - radius * 0.72 };
    const severity = satellites[grave - 2];
    if (!severity) {
      pen.beginPath();
      pen.arc(there.x, there.y, DOT_PX, 0, TURN);
      pen.fillStyle = cssOf(theme.ink);
      pen.fill();
      return;
    }
    pen.save();
    pen.translate(there.x, there.y);
    const colours = { halo: cssOf(theme.halo), tint: cssOf(theme.tints[severity]) };
    haloed(pen, { side: SATELLITE_PX * 1.5, ...colours }, severityForms[severity]);
    pen.restore();
  }
}

/** A form at the origin with the colour of the paper around it. */
function haloed(
  pen: CanvasRenderingContext2D,
  { side, halo, tint }: { side: number; halo: string; tint: string },
  form: (typeof forms)[number],
): void {
  for (let step = 0; step < 8; step++) {
    const turn = (step / 8) * TURN;
    const at = { x: Math.cos(turn) * 1.5, y: Math.sin(turn) * 1.5, size: side };
    drawForm(pen, form, { ...at, pens: { tint: halo, gap: halo } });
  }
  drawForm(pen, form, { x: 0, y: 0, size: side, pens: { tint, gap: halo } });
}
