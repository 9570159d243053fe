// What becomes of messages when their incident goes on without them.
import type { Message } from '../../contracts/records/message.ts';

/** Somebody else has it now, or nobody has to do anything: what was not sent yet would tell what is no longer so. */
const ENDING: ReadonlySet<string> = new Set(['return', 'hand-over', 'reopen', 'merge', 'close']);
/** Whoever was told has acted, or need not any more. */
const SETTLING: ReadonlySet<string> = new Set([...ENDING, 'start', 'answer', 'check', 'archive']);

export const settles = (verb: string): boolean => SETTLING.has(verb);

/** Whether the message is not to be sent any more. */
export const ends = ({ state }: Pick<Message, 'state'>, verb: string): boolean =>
  ENDING.has(verb) && (state === 'draft' || state === 'queued');
