// Lets the thread that calls step back behind the others: what it does can wait, what people wait for cannot.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

const LATER = 10;

/** On Linux alone, where threads have priorities of their own; elsewhere all stays as it is. Never throws. */
export function stepBack(): void {
  try {
    const thread = Number(/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1]);
    if (thread > 0 && thread !== process.pid) setPriority(thread, LATER);
  } catch {
    // Another system, or one that does not let us: only slower.
  }
}
