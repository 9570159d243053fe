// The past of a world: its journal, states and series, those of this run as they come, those of earlier runs from
// files.
import path from 'node:path';
import { History } from '../history/history.ts';
import { JournalFollower } from '../history/journal-follower.ts';
import { rebuildSeries } from '../history/rebuild-series.ts';
import { SeriesIndex } from '../history/series-index.ts';
import { SeriesReader } from '../history/series.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Shelf, Stores } from './stores.ts';

interface HistoryParts {
  readonly shelf: Shelf;
  /** Folder of the schemas of all times. */
  readonly schemas: string;
  /** Folder of the tilesets; null: none are known. */
  readonly tilesets: string | null;
  readonly world: LiveWorld;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  /** false: states and observations are not written; series are in memory all the same. */
  readonly keepsPast: boolean;
}

export interface KeptHistory {
  /** Observations to the journal. */
  readonly journal: JournalFollower;
  /** States, and answers about the past. */
  readonly states: History;
  readonly series: SeriesReader;
  stop(): Promise<void>;
}

/** Follows the world from here on. */
export function keepHistory(parts: HistoryParts): KeptHistory {
  const { shelf, schemas, tilesets, world, stores, clock, log, keepsPast } = parts;
  const at = (name: string): string => path.join(shelf.root, name, world.facts.id);
  const setup = {
    layersFolder: path.join(import.meta.dirname, '../../contracts/layers'),
    root: at('history'),
    journal: at('journal'),
    schemas,
    tilesets,
    world: world.facts.id,
  };
  const states = new History({
    setup,
    world,
    journal: stores.journal,
    maxBytes: shelf.maxBytes,
    log,
    now: () => clock.now(),
  });
  const index = new SeriesIndex([...world.layers.values()].map(({ layer }) => layer));
  const rebuild = rebuildSeries(index, { ...setup, now: clock.now() }, log);
  const journal = new JournalFollower(world, keepsPast ? stores.journal : null, [index]);
  world.follow(journal);
  if (keepsPast) world.follow(states);
  const series = new SeriesReader({
    index,
    outages: () => stores.uptime.outages(),
    fromFiles: ({ layer, ...range }) => states.ask('series', { ...range, layer: layer.slug }),
  });
  return {
    journal,
    states,
    series,
    stop: async () => {
      await rebuild.stop();
      await states.stop();
    },
  };
}
