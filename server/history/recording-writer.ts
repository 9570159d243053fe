// A stretch of the past as the parts of a recording, one after the other: each is made when the one before was taken, so
// that nothing is held whole.
import { endPart } from '../../contracts/recording.ts';
import type { HistoryThread } from './history-thread.ts';
import type { ReplayAsk } from './replay.ts';

/** Of one part, milliseconds of the city; of a thinned recording so many steps. */
const PART_MS = 60_000;
const PART_STEPS = 60;
/** Between two places where watching can begin: so much is gone through for a jump, in parts. */
const KEY_PARTS = 5;

export type RecordAsk = Omit<ReplayAsk, 'reader' | 'isFresh' | 'now'> & {
  /** A recording is cut at this size, bytes. */
  readonly maxBytes: number;
};

/** @throws Error with what went wrong in the thread */
export async function* recordingParts(
  thread: Pick<HistoryThread, 'ask'>,
  { maxBytes, ...ask }: RecordAsk,
  now: () => number,
): AsyncGenerator<Uint8Array> {
  const span = Math.max(PART_MS, ask.stepMs * PART_STEPS);
  let { from } = ask;
  let bytes = 0;
  let stretches = 0;
  let keyAt = from;
  let isFull = false;
  const next = async (to: number, begins: 'anew' | 'key' | 'on'): Promise<Uint8Array> => {
    const part = await thread.ask('record', { ...ask, reader: 'saver', from, to, begins, now: now() });
    from = part.to;
    bytes += part.bytes.byteLength;
    stretches += 1;
    return part.bytes;
  };
  yield await next(from, 'anew');
  while (from < ask.to && !isFull) {
    if (from - keyAt >= span * KEY_PARTS) {
      keyAt = from;
      yield await next(from, 'key');
    }
    yield await next(Math.min(ask.to, from + span), 'on');
    isFull = bytes >= maxBytes;
  }
  yield endPart({ to: from, stretches, reason: from < ask.to ? 'full' : 'whole' });
}
