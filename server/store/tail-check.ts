// Whether the end of a chain still is what was written: at each start from the last checkpoint to the head, so that a start
// takes no longer with a longer log. The whole chain is read by `npm run verify`.
import type { Backend } from './backend.ts';
import type { StoredEntry } from './chain.ts';
import { FIRST_HEAD, hashOf, headOf } from './chain.ts';
import type { LogHead } from './port.ts';

/** Name of the checkpoint among the snapshots: up to its entry the chain was found whole. */
export const CHECKPOINT = 'chain';
/** Entries between two checkpoints: some 15 ms to check. */
export const CHECKPOINT_ENTRIES = 1000;
/** Entries read at once. */
const PAGE = 500;
/** Keys of canonical JSON are sorted: behind the body, in which it may stand too, only texts follow, and in these quotes are escaped. */
const PREV_HASH = '"prevHash":"';

export interface CheckedTail {
  /** As far as the chain is whole. */
  readonly head: LogHead;
  /** The first entry that is not as it was written, in words; '': there is none. */
  readonly fault: string;
}

/** @throws CodedError store/… */
export async function checkTail(backend: Backend, world: string): Promise<CheckedTail> {
  const kept = await backend.getSnapshot(world, CHECKPOINT);
  let head = FIRST_HEAD;
  if (kept) {
    const [row] = await backend.select(world, { after: kept.seq - 1, upTo: kept.seq }, 1);
    if (!row || hashOf(row.text) !== kept.hash)
      return { head, fault: `entry ${kept.seq} of ${world} is not the one it was` };
    head = { seq: kept.seq, hash: kept.hash };
  }
  for (;;) {
    const rows = await backend.select(world, { after: head.seq }, PAGE);
    for (const row of rows) {
      const fault = faultOf(row, world, head);
      if (fault !== '') return { head, fault };
      head = headOf(row);
    }
    if (rows.length < PAGE) return { head, fault: '' };
  }
}

export const keepCheckpoint = (backend: Backend, world: string, { seq, hash }: LogHead): Promise<void> =>
  backend.putSnapshot({ world, fold: CHECKPOINT, seq, hash, state: '' });

function faultOf({ seq, text, hash }: StoredEntry, world: string, before: LogHead): string {
  if (seq !== before.seq + 1) return `entry ${before.seq + 1} of ${world} is missing`;
  if (hashOf(text) !== hash) return `entry ${seq} of ${world} was edited`;
  const at = text.lastIndexOf(PREV_HASH) + PREV_HASH.length;
  return text.startsWith(`${before.hash}"`, at)
    ? ''
    : `entry ${Math.max(1, before.seq)} of ${world} was edited`;
}
