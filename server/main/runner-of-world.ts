// What takes the records of all feeds of one world through checks into its layers.
import type { City } from '../../cities/load.ts';
import { FeedRunner } from '../ingest/feed-runner.ts';
import type { LayerIngest } from '../ingest/layer-ingest.ts';
import type { Quarantine } from '../ingest/quarantine.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { regionsOf, stationLookup } from './city-facts.ts';
import type { Doors } from './doors.ts';
import type { Stores } from './stores.ts';

interface RunnerParts extends Stores, Doors {
  readonly city: City;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly log: Logger;
  readonly quarantine: Quarantine;
  readonly base: () => string | null;
  readonly ingest: ReadonlyMap<string, LayerIngest>;
}

export function createRunner(parts: RunnerParts): FeedRunner {
  const { city, world } = parts;
  return new FeedRunner({
    ...parts,
    bounds: regionsOf(city).bounds,
    stores: (layer) => world.table(layer.slug).stores.columns,
    station: stationLookup(city),
  });
}
