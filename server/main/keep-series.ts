// The series of the last day: those of this run as they come, those of earlier runs from the journal.
import path from 'node:path';
import type { ServerConfig } from '../config.ts';
import { rebuildSeries } from '../history/rebuild-series.ts';
import { SeriesIndex } from '../history/series-index.ts';
import { SeriesReader } from '../history/series.ts';
import type { Uptime } from '../history/uptime.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';

interface SeriesParts {
  readonly config: ServerConfig;
  readonly world: LiveWorld;
  readonly log: Logger;
  readonly now: number;
  readonly uptime: Uptime;
}

export interface KeptSeries {
  readonly index: SeriesIndex;
  readonly reader: SeriesReader;
  stop(): Promise<void>;
}

export function keepSeries({ config, world, log, now, uptime }: SeriesParts): KeptSeries {
  const index = new SeriesIndex([...world.layers.values()].map(({ layer }) => layer));
  const rebuild = rebuildSeries(
    index,
    {
      layersFolder: path.join(import.meta.dirname, '../../contracts/layers'),
      folder: path.join(config.dataDir, config.city, 'journal', world.facts.id),
      now,
    },
    log,
  );
  return {
    index,
    reader: new SeriesReader({ index, outages: () => uptime.outages() }),
    stop: () => rebuild.stop(),
  };
}
