// A name along its river: characters at even distances on the line as it lies on the screen, level rivers read from the
// left, steep ones from the top, as on Chinese maps.

/** A line on the screen: x, y pairs in canvas pixels, y down, and whether each point is in front of the camera. */
export interface ScreenLine {
  readonly xy: Float32Array;
  readonly seen: Uint8Array;
  readonly count: number;
}

export interface NameOnLine {
  /** Point of the line in the middle of the name. */
  readonly station: number;
  /** Width of each character with its gap, pixels. */
  readonly advances: Float32Array;
  /** Height of a character, pixels. */
  readonly emPx: number;
  /** Distance of the characters' middle from the line, pixels; positive is right of, or below, the line as read. */
  readonly offsetPx: number;
}

/** Where each character stands: middle in pixels, turn in radians clockwise. Reused by the caller. */
export class NameRun {
  count = 0;
  readonly x = new Float32Array(32);
  readonly y = new Float32Array(32);
  readonly turn = new Float32Array(32);
}

/** Half the length over which the direction of a character is taken, em. */
const SMOOTH_EM = 0.9;
/** A bend between two characters, and a lean of one, beyond which a name does not read, radians. */
const MOST_BEND = 0.6;
const MOST_LEAN = 1.0;
const LEAST_GAP = 0.85;

const before = { x: 0, y: 0 };
const after = { x: 0, y: 0 };

/** Fills `out`; false where the line is too short, out of view or too crooked for the name. */
export function runAlong(line: ScreenLine, name: NameOnLine, out: NameRun): boolean {
  const { advances, emPx, station, offsetPx } = name;
  const count = Math.min(advances.length, out.x.length);
  let length = 0;
  for (let i = 0; i < count; i++) length += advances[i] as number;
  if (!pointAt(line, { station, distance: -length / 2 }, before)) return false;
  if (!pointAt(line, { station, distance: length / 2 }, after)) return false;
  const level = Math.abs(after.x - before.x) >= Math.abs(after.y - before.y);
  const forward = level ? after.x >= before.x : after.y >= before.y;
  let at = -length / 2;
  for (let i = 0; i < count; i++) {
    const advance = advances[i] as number;
    const middle = (at + advance / 2) * (forward ? 1 : -1);
    at += advance;
    const reach = SMOOTH_EM * emPx * (forward ? 1 : -1);
    if (!pointAt(line, { station, distance: middle - reach }, before)) return false;
    if (!pointAt(line, { station, distance: middle + reach }, after)) return false;
    const dx = after.x - before.x;
    const dy = after.y - before.y;
    const span = Math.hypot(dx, dy);
    if (span < emPx * 0.5) return false;
    const turn = Math.atan2(dy, dx) - (level ? 0 : Math.PI / 2);
    if (Math.abs(turn) > MOST_LEAN) return false;
    out.x[i] = (before.x + after.x) / 2 - (dy / span) * offsetPx;
    out.y[i] = (before.y + after.y) / 2 + (dx / span) * offsetPx;
    out.turn[i] = turn;
    if (i > 0 && !follows(out, i, (advance + (advances[i - 1] as number)) / 2)) return false;
  }
  out.count = count;
  return true;
}

function follows(out: NameRun, i: number, advance: number): boolean {
  const bend = Math.abs((out.turn[i] as number) - (out.turn[i - 1] as number));
  const gap = Math.hypot(
    (out.x[i] as number) - (out.x[i - 1] as number),
    (out.y[i] as number) - (out.y[i - 1] as number),
  );
  return bend <= MOST_BEND && gap >= advance * LEAST_GAP && gap <= advance * 1.6;
}

/** The point a number of pixels along the line from a station; false past its end or behind the camera. */
function pointAt(
  { xy, seen, count }: ScreenLine,
  { station, distance }: { station: number; distance: number },
  out: { x: number; y: number },
): boolean {
  const step = distance < 0 ? -1 : 1;
  let left = Math.abs(distance);
  let i = station;
  if (seen[i] !== 1) return false;
  for (;;) {
    const next = i + step;
    if (next < 0 || next >= count || seen[next] !== 1) return false;
    const x = xy[i * 2] as number;
    const y = xy[i * 2 + 1] as number;
    const dx = (xy[next * 2] as number) - x;
    const dy = (xy[next * 2 + 1] as number) - y;
    const length = Math.hypot(dx, dy);
    if (length >= left) {
      const part = length === 0 ? 0 : left / length;
      out.x = x + dx * part;
      out.y = y + dy * part;
      return true;
    }
    left -= length;
    i = next;
  }
}
