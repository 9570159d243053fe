// The state of the live world across restarts: what is kept, put back at the start, and written from then on.
import path from 'node:path';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { mode } from '../../contracts/layers/mode.ts';
import type { ServerConfig } from '../config.ts';
import { HistoryFiles } from '../history/history-files.ts';
import { readTail } from '../history/journal-tail.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { RestoreOptions } from '../state/restore.ts';
import { restore } from '../state/restore.ts';
import { Snapshots } from '../state/snapshot.ts';
import { replayTail } from './replay-tail.ts';
import type { Stores } from './stores.ts';

interface StateParts extends Stores {
  readonly config: ServerConfig;
  /** Folder of all that this world keeps. */
  readonly root: string;
  readonly world: LiveWorld;
  readonly runner: FeedRunner;
  readonly clock: Clock;
  readonly log: Logger;
  readonly schemas: SchemaShelf;
}

/** Without a snapshot not the whole journal is read: what is older comes again from its sources, or is over. */
const LOOK_BACK_MS = 900_000;

/** Computed layers are computed anew; the mode is what people decided. */
const keeps = ({ topic, slug }: Layer): boolean => topic !== 'system' || slug === mode.slug;

function tailOf({ root, world, schemas, log }: StateParts, since: number): Iterable<ObservationBatch> {
  const at = (name: string): string => path.join(root, name, world.facts.id);
  const onFault = (error: unknown): void => log.warn('state.tail-skipped', { error: String(error) });
  return readTail(
    { journal: at('journal'), history: new HistoryFiles(at('history')), schemas, onFault },
    since,
  );
}

/** Puts back what an earlier run left. Call when all feeds are known and before any is connected. */
export function keepState(parts: StateParts): Snapshots {
  const { config, world, runner, clock, log, memory, journal, aliases } = parts;
  const { city } = config;
  const file = path.join(parts.root, 'state', `${world.facts.id}.jsonl.gz`);
  const now = clock.now();
  const taking: Pick<RestoreOptions, 'world' | 'log' | 'accepts' | 'adopt' | 'earlier'> = {
    world,
    log,
    accepts: (layer, { source, synthetic }) =>
      (config.demo || !synthetic) && (layer === mode.slug || runner.writes(source, layer)),
    adopt: (layer, row) => runner.takeUp(layer, row),
    earlier: parts.schemas.layerOf,
  };
  const revisionOf = (layer: string, key: string): number => runner.revisionOf(layer, key);
  const { cursors, at } = restore({ ...taking, file, city, now });
  const since = at ?? now - LOOK_BACK_MS;
  const observations = replayTail(tailOf(parts, since), { ...taking, keeps, revisionOf });
  if (observations > 0)
    log.info('state.caught-up', { observations, sinceS: Math.round((now - since) / 1000) });
  memory.restore(cursors);
  world.expire(now);
  return new Snapshots(
    {
      file,
      city,
      world,
      clock,
      log,
      keeps,
      revisionOf,
      cursors: () => memory.capture(),
      settle: async () => {
        // The first may be one that began before the cursors were taken.
        await journal.flush();
        await journal.flush();
        aliases.flush();
        return !journal.isFailing;
      },
    },
    cursors,
  );
}
