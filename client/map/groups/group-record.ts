// One group in the vertex buffer: 36 bytes, written in the worker, uploaded as it is.
//   0 float east, 4 north (m), 8 ground height (m), 12 count      16 bytes: tints of the four largest shares, most first
//  20 bytes: where each share ends, turns × 255                   24 byte graveness of the worst member
//  25 form, 26 tint | TURNED | RINGED, 27 heading, 28 scale of a single one      29, 30 signed: moved aside, px at 1080
//  lines, by the page; -128: not shown                            32 id: the same group from one second to the next
import { tints, isSeverity, severities } from '../../looks/sign.ts';
import { RINGED, isCalm } from '../glyphs/record.ts';

export const GROUP_BYTES = 36;
export const GROUP_FLOATS = 9;
export const SHARES = 4;
export const WORST_AT = 24;
export const STYLE_AT = 25;
export const ASIDE_AT = 29;
export const ID_AT = 32;
/** Aside of a group that has no room. */
export const HIDDEN_ASIDE = -128;

/** Graveness of what is only ringed; severities are above it, the worst highest. */
const RINGED_GRAVE = 1;

/** By tint byte: one look-up a point, 200,000 times a second. */
const graves = Uint8Array.from({ length: 256 }, (_, tintByte) => graveOf(tintByte));

/** 0 calm, 1 ringed, 2 blue … 5 red. */
export const graveness = (tintByte: number): number => graves[tintByte] as number;

function graveOf(tintByte: number): number {
  if (isCalm(tintByte)) return 0;
  const tint = tints[tintByte & (RINGED - 1)] ?? 'dim';
  return isSeverity(tint) ? RINGED_GRAVE + severities.length - severities.indexOf(tint) : RINGED_GRAVE;
}

/** Radius of a group in px at 1080 lines: by the root of its count, between one and two units. */
export const groupRadiusPx = (count: number): number => Math.min(30, 15 + Math.sqrt(count));
