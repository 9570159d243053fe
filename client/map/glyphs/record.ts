// One glyph in the vertex buffer: 36 bytes, written in the worker, uploaded as it is.
//   0 float p0 east, 4 p0 north, 8 p1 east, 12 p1 north (m)   the leg
//  16 float t0 (s, local clock mod LEG_WRAP_S), 20 dt (s)      when it runs; 24 float ground height (m)
//  28 float reportedAt (s, city clock mod REPORT_WRAP_S)       32 byte form, tint | TURNED | RINGED, heading / 256, scale × 16
import { forms, isSeverity, tints } from '../../looks/sign.ts';
import type { Glyph } from './rule.ts';

export const RECORD_BYTES = 36;
export const RECORD_FLOATS = 9;

/** Clocks wrap so that float32 keeps 8 ms for legs and 0.1 s for reports. */
export const LEG_WRAP_S = 65_536;
export const REPORT_WRAP_S = 1_048_576;

/** Form byte of a slot that holds no row. */
export const NO_FORM = 255;
/** In the tint byte: the form turns with the heading. */
export const TURNED = 0x80;
/** In the tint byte: a white ring around the form. */
export const RINGED = 0x40;
export const SCALE_STEPS = 16;

const formIndex = new Map(forms.map((form, index) => [form, index]));
const tintIndex = new Map(tints.map((tint, index) => [tint, index]));

const FIRST_SEVERITY = tints.findIndex(isSeverity);
const LAST_SEVERITY = tints.findLastIndex(isSeverity);

/** Nothing is the matter with a row whose tint byte this is: no ring, no severity. */
export function isCalm(tintByte: number): boolean {
  const tint = tintByte & (RINGED - 1);
  return (tintByte & RINGED) === 0 && (tint < FIRST_SEVERITY || tint > LAST_SEVERITY);
}

/** Writes form, tint, heading and scale of a glyph at byte `at`. */
export function writeStyle(bytes: Uint8Array, at: number, glyph: Glyph): void {
  bytes[at] = glyph.hidden ? NO_FORM : (formIndex.get(glyph.form) ?? 0);
  const turned = glyph.heading === null ? 0 : TURNED;
  bytes[at + 1] = (tintIndex.get(glyph.tint) ?? 0) | turned | (glyph.ringed ? RINGED : 0);
  bytes[at + 2] = glyph.heading === null ? 0 : Math.round((glyph.heading * 256) / 360) & 255;
  bytes[at + 3] = Math.min(255, Math.max(1, Math.round(glyph.scale * SCALE_STEPS)));
}

export const wrapped = (seconds: number, wrap: number): number => seconds - Math.floor(seconds / wrap) * wrap;

/** Where along its leg a glyph is, 0 to 1, as the shader computes it. */
export function legFraction(now: number, t0: number, dt: number): number {
  if (dt <= 0) return 1;
  const age = wrapped(now - t0 + 16, LEG_WRAP_S) - 16;
  return Math.min(Math.max(age / dt, 0), 1);
}
