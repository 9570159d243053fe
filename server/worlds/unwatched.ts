// Ends demonstrations that nobody watches any more: each holds a simulated city of its own, and there is room for few.
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { Worlds } from './port.ts';

/** Between two looks. */
const LOOK_MS = 2000;
/** A page that is loaded again, or a screen whose cable was pulled, is back within this. */
const PATIENCE_MS = 30_000;

export interface UnwatchedOptions {
  /** The clock on the wall. */
  readonly wall: Clock;
  readonly log: Logger;
  readonly worlds: Pick<Worlds, 'list' | 'remove'>;
  /** Screens that are connected to a world now. */
  readonly screensOf: (world: string) => number;
}

/** Drills go on by themselves, and so does what no screen ever opened: whoever made it ends it. Stop the answer to stop it. */
export function endUnwatched({ wall, log, worlds, screensOf }: UnwatchedOptions): Timer {
  /** When a world was last watched, or started anew, ms of `wall`. */
  const seen = new Map<string, number>();
  const look = (): void => {
    const now = wall.elapsed();
    const demos = worlds.list().filter(({ kind }) => kind === 'demo');
    for (const { id, state } of demos) {
      const isWatched = screensOf(id) > 0 || (state === 'starting' && seen.has(id));
      if (isWatched) seen.set(id, now);
      const last = seen.get(id);
      if (last === undefined || now - last < PATIENCE_MS) continue;
      seen.delete(id);
      log.info('world.unwatched', { world: id });
      void worlds
        .remove(id)
        .catch((error: unknown) => log.warn('world.remove', { world: id, error: String(error) }));
    }
    const ids = new Set(demos.map(({ id }) => id));
    for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
  };
  return wall.every(LOOK_MS, look);
}
