// The papers of one world, wired: its incidents and photos, names of accounts and regions, and what marks it as no real one.
import type { Title } from '../../contracts/column.ts';
import type { World as WorldFacts } from '../../contracts/wire.ts';
import type { FileShelf } from '../command/file-shelf.ts';
import type { Incidents } from '../command/port.ts';
import type { BulletinDesk } from '../duty/bulletin-desk.ts';
import type { Clock } from '../kit/clock.ts';
import { PaperDesk } from '../papers/paper-desk.ts';
import type { PlanRuns } from '../plans/port.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { regionNames } from './alerts-of-world.ts';
import type { Shared } from './shared.ts';

export interface PaperParts {
  readonly shared: Shared;
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly incidents: Incidents;
  readonly files: FileShelf;
  readonly bulletins: BulletinDesk;
  readonly runs: PlanRuns;
  /** Its rows are 演示数据. */
  readonly isDemo: boolean;
}

export function papersOf(parts: PaperParts): PaperDesk {
  const { shared, world, clock, incidents, files, bulletins, runs, isDemo } = parts;
  const { city, press, gate } = shared;
  const { profile } = city;
  return new PaperDesk({
    ...{ press, clock, incidents, files, bulletins, runs },
    timeZone: profile.timeZone,
    nameOf: (id) => gate.nameOf(id),
    regionName: regionNames(city),
    layerOf: (slug) => world.layers.get(slug)?.layer ?? null,
    unit: unitOf(profile.title),
    mark: markOf(world.facts.kind, isDemo),
  });
}

const unitOf = ({ zh, en }: Title): Title => ({ zh: `${zh}值班室`, en: `Duty desk of ${en}` });

function markOf(kind: WorldFacts['kind'], isDemo: boolean): Title | null {
  if (kind === 'drill') return { zh: '演练 · 演示数据', en: 'Drill · demonstration data' };
  return isDemo || kind !== 'live' ? { zh: '演示数据', en: 'Demonstration data' } : null;
}
