// The shape of a city package, file by file. Everything is strict: an unknown key stops the boot and is named.
import { z } from 'zod';
import { collection, day, feature, lineGeometry, monthDay, polygonGeometry } from './schema-base.ts';
import { position, slug, title, unitCode } from './schema-base.ts';
import { townCode } from './schema-base.ts';
import type { Decisions } from './schema-decisions.ts';
import type { Place } from './schema-places.ts';
import type { AcknowledgementRules } from './schema-acknowledgements.ts';
import type { OrderTemplates } from './schema-orders.ts';
import type { Outbound } from './schema-outbound.ts';
import type { Responsibilities } from './schema-responsibilities.ts';
import type { Gathering, GazetteerEntry, Peak, Stations, Town, Village } from './schema-stations.ts';
import type { Thresholds } from './schema-thresholds.ts';

export * from './schema-acknowledgements.ts';
export * from './schema-orders.ts';
export * from './schema-decisions.ts';
export * from './schema-outbound.ts';
export * from './schema-places.ts';
export * from './schema-responsibilities.ts';
export * from './schema-stations.ts';
export * from './schema-thresholds.ts';

const camera = z.strictObject({
  centre: position,
  heightM: z.number().positive(),
  pitchDeg: z.number().min(-90).max(0),
});
const isTimeZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
};
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, e.g. Asia/Shanghai');

export const profileFile = z.strictObject({
  id: slug,
  code: unitCode,
  title,
  province: title,
  timeZone,
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]), // west, south, east, north
  centre: position,
  population: z.number().int().positive(),
  populationAt: day,
  areaKm2: z.number().positive(),
  elevationM: z.strictObject({ lowest: z.number(), highest: z.number() }),
  phoneCode: z.string().nullable(),
  postcode: z.string().nullable(),
  plate: z.string().nullable(),
  camera: z.strictObject({ home: camera, core: camera }),
  countyOrder: z.array(unitCode).min(1), // overlay units included, last
  neighbours: z.array(
    z.strictObject({
      name: title,
      direction: z.enum(['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW']),
      labelAt: position,
    }),
  ),
  mapReviewNumber: z.string().nullable(),
  schematic: title,
  watchedWaters: z.array(z.string().min(1)).optional(), // reservoirs and gauges always on the wall, by name, in order
  // The river that wide walls draw as an axis, with the published chainage of its gauges and dams by id; others are placed between.
  riverAxis: z
    .strictObject({
      river: slug,
      lengthKm: z.number().positive(),
      from: title,
      to: title,
      chainageKm: z.record(slug, z.number().nonnegative()),
    })
    .optional(),
  // What 战时 changes by itself: the tick, how often feeds are asked (seconds, by slug), whom the city tells beside the county.
  crisis: z
    .strictObject({
      tickMs: z.number().int().min(200).max(60_000),
      feedPeriodsS: z.record(slug, z.number().positive()),
      tell: z.array(z.string().regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/)),
    })
    .optional(),
  notes: z.array(title),
});

export const countiesFile = collection(
  feature(
    z.strictObject({
      code: unitCode,
      id: slug,
      name: title,
      kind: z.enum(['county', 'overlay']), // an overlay lies inside counties and its people are counted there
      seat: z.strictObject({ name: z.string(), lon: z.number(), lat: z.number(), elevationM: z.number() }),
      areaKm2: z.number().positive(),
      population: z.number().int().nonnegative().nullable(),
      order: z.number().int().positive(),
    }),
    polygonGeometry,
  ),
);

export const riversFile = collection(
  feature(
    z.strictObject({
      id: slug,
      name: title,
      order: z.number().int().min(1).max(5), // 1 is a main river
      lengthKm: z.number().positive().nullable(), // inside the city
      meanFlow: z.number().positive().nullable(), // m³/s
      downstream: slug.nullable(), // null: leaves the city
      basin: slug,
    }),
    lineGeometry,
  ),
);

export const lakesFile = collection(
  feature(
    z.strictObject({
      id: slug,
      name: title,
      reservoir: slug,
      areaKm2: z.number().positive(),
      labelAt: position,
    }),
    polygonGeometry,
  ),
);

export const roadsFile = collection(
  feature(
    z.strictObject({
      id: slug,
      ref: z.string().nullable(),
      name: title,
      class: z.enum(['expressway', 'national', 'provincial', 'street']),
      freeFlowKmh: z.number().positive(),
    }),
    lineGeometry,
  ),
);

export const railwaysFile = collection(
  feature(
    z.strictObject({
      id: slug,
      name: title,
      kind: z.enum(['conventional', 'high-speed']),
      designKmh: z.number().positive(),
    }),
    lineGeometry,
  ),
);

export const faultsFile = collection(
  feature(z.strictObject({ id: slug, name: title, strike: z.string() }), lineGeometry),
);

const named = { id: slug, name: title };

export const organisationFile = z.strictObject({
  city: z.strictObject({ code: unitCode, name: title, centre: slug }),
  departments: z.array(z.strictObject({ ...named, systems: z.array(slug) })).min(1),
  counties: z
    .array(z.strictObject({ code: unitCode, name: title, centre: slug, posts: z.array(townCode) }))
    .min(1),
  groups: z.array(z.strictObject({ ...named, departments: z.array(slug).min(1) })).min(1),
  roles: z.array(z.strictObject({ ...named, scope: slug })).min(1),
});

const range = { from: day, to: day };

export const calendarFile = z.strictObject({
  timeZone,
  workweek: z.array(z.number().int().min(1).max(7)).min(1), // ISO weekdays, Monday is 1
  years: z
    .array(
      z.strictObject({
        year: z.number().int(),
        provisional: z.boolean(),
        holidays: z.array(z.strictObject({ ...named, ...range, goldenWeek: z.boolean() })),
        shiftedWorkdays: z.array(day),
      }),
    )
    .min(1),
  seasons: z.array(z.strictObject({ ...named, from: monthDay, to: monthDay })),
});

const twelve = z.array(z.number()).length(12);
const pair = z.tuple([z.number(), z.number()]);

export const normalsFile = z.strictObject({
  monthly: z.strictObject({ rainMm: twelve, meanTempC: twelve, pm25Ugm3: twelve, ozone8h90Ugm3: twelve }),
  annual: z.strictObject({ rainMm: z.number(), meanTempC: z.number(), sunshineH: pair }),
  wind: z.strictObject({ meanMs: z.number(), prevailing: z.array(z.string()), dayValleyWind: z.string() }),
  fogDaysPerYear: z.strictObject({ plateau: z.number(), city: z.number() }),
  roadIce: z.strictObject({ aboveM: z.number(), months: z.array(z.number()), counties: z.array(unitCode) }),
  gridLoadMw: z.strictObject({
    base: z.number(),
    peak: z.number(),
    peakHours: z.array(z.strictObject({ months: z.array(z.number()), hour: z.number() })),
  }),
  tickets12345: z.strictObject({ perDay: z.number(), workdayHours: pair, peakHours: z.array(z.number()) }),
  calls110PerHour: z.strictObject({ low: z.number(), high: z.number(), peakHour: z.number() }),
  tourists: z.strictObject({ weekendFactor: z.number(), goldenWeekFactor: pair }),
});

export const systemFile = z.strictObject({
  id: slug,
  no: z
    .string()
    .regex(/^[1-9]-\d{1,2}$/)
    .nullable(), // box and item of the plan; null: not numbered
  title,
  owner: z.string().min(1),
  feed: z.strictObject({ protocol: z.string(), body: z.string(), rate: z.string() }),
  indicators: z.array(z.string()).min(1),
  layer: title,
  alertRule: title,
  scene: z.string(),
  connected: z.array(slug), // feeds that carry its data today; empty means 未接入
});

export const feedsFile = z.record(
  slug,
  z.strictObject({
    system: slug,
    source: z.strictObject({ name: title, owner: z.string(), licence: z.string() }),
    endpoints: z.record(z.string(), z.string()),
    periodS: z.number().positive().nullable(), // null: on event
    synthetic: z.boolean(),
    crs: z.enum(['WGS-84', 'GCJ-02', 'BD-09', 'CGCS2000']),
  }),
);

export type CityProfile = z.output<typeof profileFile>;
export type County = z.output<typeof countiesFile>['features'][number];
export type River = z.output<typeof riversFile>['features'][number];
export type Lake = z.output<typeof lakesFile>['features'][number];
export type Road = z.output<typeof roadsFile>['features'][number];
export type Railway = z.output<typeof railwaysFile>['features'][number];
export type Fault = z.output<typeof faultsFile>['features'][number];
export type Organisation = z.output<typeof organisationFile>;
export type Calendar = z.output<typeof calendarFile>;
export type Normals = z.output<typeof normalsFile>;
export type System = z.output<typeof systemFile>;
export type FeedSettings = z.output<typeof feedsFile>[string];

/** One city package, read and checked. */
export type City = {
  profile: CityProfile;
  /** In the city's own county order, overlay units last. */
  counties: County[];
  towns: Town[];
  /** Empty: the city has no list of them, and towns stand for their villages. */
  villages: Village[];
  rivers: River[];
  lakes: Lake[];
  roads: Road[];
  railways: Railway[];
  faults: Fault[];
  peaks: Peak[];
  places: Place[];
  /** Empty where the package has no gatherings.csv. */
  gatherings: Gathering[];
  stations: Stations;
  organisation: Organisation;
  calendar: Calendar;
  responsibilities: Responsibilities;
  outbound: Outbound;
  orderTemplates: OrderTemplates;
  /** Nothing is asked where the city has no such file. */
  acknowledgements: AcknowledgementRules;
  normals: Normals;
  thresholds: Thresholds;
  gazetteer: GazetteerEntry[];
  systems: System[];
  feeds: Record<string, FeedSettings>;
  /** By model; a model without a section is not connected (未接入). */
  decisions: Decisions;
};
