// A level that does not flicker: it worsens after two samples on the worse side (★: one) and improves after three
// samples and 15 minutes on the better side.
import type { Level } from './score.ts';
import { severityOf } from './score.ts';

const WORSEN_SAMPLES = 2;
const IMPROVE_SAMPLES = 3;
const IMPROVE_MS = 15 * 60_000;

/** The level shown, and the run of samples on one side of it. */
export interface Hysteresis {
  readonly shown: Level;
  readonly side: 'same' | 'worse' | 'better';
  readonly run: number;
  /** First sample of the run, epoch ms. */
  readonly since: number;
  /** The level of the run nearest to the one shown: what the run stands for as a whole. */
  readonly toward: Level;
}

const settled = (shown: Level, since: number): Hysteresis => ({
  shown,
  side: 'same',
  run: 0,
  since,
  toward: shown,
});

/** The state after one more sample. `before` null: the first sample is shown as it is. */
export function nextLevel(
  before: Hysteresis | null,
  sample: { readonly level: Level; readonly at: number },
  key: boolean,
): Hysteresis {
  const { level, at } = sample;
  if (before === null || level === before.shown) return settled(level, at);
  const side = severityOf(level) > severityOf(before.shown) ? 'worse' : 'better';
  const goesOn = side === before.side;
  const run = goesOn ? before.run + 1 : 1;
  const since = goesOn ? before.since : at;
  const toward = goesOn ? nearer(side, before.toward, level) : level;
  const done =
    side === 'worse' ? run >= (key ? 1 : WORSEN_SAMPLES) : run >= IMPROVE_SAMPLES && at - since >= IMPROVE_MS;
  return done ? settled(toward, at) : { shown: before.shown, side, run, since, toward };
}

/** Worsening goes to the mildest of the run, improving to the worst of it. */
function nearer(side: 'worse' | 'better', a: Level, b: Level): Level {
  const aIsWorse = severityOf(a) > severityOf(b);
  if (side === 'worse') return aIsWorse ? b : a;
  return aIsWorse ? a : b;
}
