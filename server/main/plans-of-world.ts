// Plans, wired: what names in a plan may refer to in this city, the library of the live world, and the activations of each world.
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { IncidentBook } from '../command/incidents.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { OutboxBook } from '../outbound/outbox.ts';
import { PlanBook } from '../plans/plan-book.ts';
import type { HazardZone, PlanGround, PlanPlace } from '../plans/port.ts';
import { readPlans } from '../plans/read-plans.ts';
import { RunBook } from '../plans/run-book.ts';
import type { CommandParts } from './command-desks.ts';
import { seatsOf } from './order-targets.ts';
import { PlanStepRows } from './plan-step-rows.ts';
import type { Shared } from './shared.ts';
import { folder } from './shared.ts';
import type { Stores } from './stores.ts';

/** Around a source of toxic gas people are moved out of so much at first, m (≈: the AEGL-2 distance of the ammonia store is 442 m). */
const GAS_ZONE_M = 500;
/** A slope that is watched reaches so far, m (≈). */
const SLOPE_ZONE_M = 200;

export function planGroundOf(city: City, units: readonly UnitRef[]): PlanGround {
  return {
    units: new Map(units.map((unit) => [unit.id, unit])),
    places: new Map(city.places.map((place) => [place.properties.id, placeOf(place)])),
    hazards: hazardsOf(city),
  };
}

/** Places of the package may lack an English name. */
const nameOf = ({ zh, en }: { readonly zh: string; readonly en?: string | null | undefined }): Title => ({
  zh,
  en: en ?? zh,
});

function placeOf({ properties, geometry }: City['places'][number]): PlanPlace {
  const { id, name, kind } = properties;
  return {
    ...{ id, kind, name: nameOf(name), position: geometry.coordinates },
    atOnce: kind === 'rescue-team' ? (properties.teams ?? 1) : Infinity,
    notFor: kind === 'shelter' ? properties.notFor : [],
  };
}

function hazardsOf({ places, stations }: City): HazardZone[] {
  const sources = places.flatMap(({ properties: { kind, name }, geometry }): HazardZone[] =>
    kind === 'hazard-source'
      ? [{ name: nameOf(name), hazard: 'gas', centre: geometry.coordinates, radiusM: GAS_ZONE_M }]
      : [],
  );
  const slopes = stations['slope-monitors'].map(({ name, lon, lat }): HazardZone => ({
    ...{ name: nameOf({ zh: name }), hazard: 'landslide', centre: [lon, lat], radiusM: SLOPE_ZONE_M },
  }));
  return [...sources, ...slopes];
}

interface LibraryParts {
  readonly shared: Shared;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly incidents: IncidentBook;
}

/** Folds the log, and brings in the plans of the city package. @throws Error naming file and line of a plan that does not fit */
export async function libraryOf({ shared, stores, clock, incidents }: LibraryParts): Promise<PlanBook> {
  const { city, cities, config, gate } = shared;
  const book = new PlanBook({
    log: stores.records,
    clock,
    files: readPlans(path.join(cities ?? folder('../cities'), config.city, 'plans')),
    ground: planGroundOf(city, incidents.units),
    nameOf: (id) => gate.nameOf(id),
  });
  await book.open();
  return book;
}

interface RunParts {
  readonly library: PlanBook;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  readonly incidents: IncidentBook;
  readonly outbox: OutboxBook;
}

/** What earlier runs of the server left undone is done before it resolves. */
export async function runsOf({ library, stores, clock, log, incidents, outbox }: RunParts): Promise<RunBook> {
  const runs = new RunBook({
    ...{ log: stores.records, clock, logger: log, ground: library.ground, incidents, announcer: outbox },
    inForce: (plan) => library.inForce(plan),
  });
  await runs.open();
  return runs;
}

type StepParts = Pick<
  CommandParts,
  'shared' | 'world' | 'clock' | 'runs' | 'incidents' | 'config' | 'followers'
>;

/** Steps of activated plans as rows: anew with whatever happens to an incident, and as time goes. */
export function planStepsOf(parts: StepParts): PlanStepRows {
  const { shared, world, clock, runs, incidents, config, followers } = parts;
  const at = new Map(
    shared.city.places.map(({ properties, geometry }) => [properties.id, geometry.coordinates]),
  );
  const rows = new PlanStepRows({
    ...{ world, clock, runs, incidents, seats: seatsOf(shared.city), isDemo: config.demo },
    placeOf: (id) => at.get(id) ?? null,
  });
  rows.open();
  followers.add(() => rows.refresh());
  return rows;
}
