// A gas that escapes and where the wind carries it (docs/hazards.md).
import { z } from 'zod';
import type { LonLat, Title } from '../column.ts';
import { base, position, reason } from './action-parts.ts';

/** Pasquill's classes of mixing, A the most unsteady. */
export const stabilityClasses = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type StabilityClass = (typeof stabilityClasses)[number];
export const terrains = ['rural', 'urban'] as const;
export type Terrain = (typeof terrains)[number];

/** First distances of the guidebook, m. */
export interface FirstDistances {
  readonly isolationM: number;
  readonly dayM: number;
  readonly nightM: number;
}

export interface GasFacts {
  readonly title: Title;
  /** g/mol. */
  readonly molarMass: number;
  /** AEGL-1, -2 and -3 for 60 minutes, ppm; null: none was set. */
  readonly aeglPpm: readonly [number | null, number | null, number | null];
  /** What is taken while nobody knows the leak, kg/s: an assumption. */
  readonly assumedKgS: number;
  readonly small: FirstDistances | null;
  readonly large: FirstDistances | null;
}

/** How a plume is opened by hand. */
export const openPlumeSchema = z.strictObject({
  ...base,
  position,
  /** A gas of GET /api/plumes. */
  gas: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'a gas of /api/plumes'),
  /** kg/s; absent: what is assumed for the gas. */
  rateKgS: z.number().min(0.001).max(1000).optional(),
  /** Height of the leak over the ground, m. */
  heightM: z.number().min(0).max(200).default(2),
  terrain: z.enum(terrains).default('rural'),
  isLarge: z.boolean().default(true),
  place: z.string().trim().max(120).default(''),
  incident: z.int().positive().optional(),
  reason,
});
/** Corrects what was assumed, or what is known better by now. */
export const changePlumeSchema = z.strictObject({
  ...base,
  rateKgS: z.number().min(0.001).max(1000).optional(),
  heightM: z.number().min(0).max(200).optional(),
  terrain: z.enum(terrains).optional(),
  reason,
});
export const endPlumeSchema = z.strictObject({ ...base, reason });
export type OpenPlumeRequest = z.infer<typeof openPlumeSchema>;
export type ChangePlumeRequest = z.infer<typeof changePlumeSchema>;
export type EndPlumeRequest = z.infer<typeof endPlumeSchema>;

/** What escapes, where and how fast, as people or a rule say it. */
export interface PlumeSource {
  readonly gas: string;
  readonly at: LonLat;
  readonly rateKgS: number;
  /** Nobody measured the rate: it is what is assumed for the gas. */
  readonly isRateAssumed: boolean;
  readonly heightM: number;
  readonly terrain: Terrain;
  readonly isLarge: boolean;
}

/** The wind that is used, with where it was measured. */
export interface PlumeWind {
  readonly speedMs: number;
  /** Where it comes from, degrees. */
  readonly fromDeg: number;
  readonly station: string;
  /** From the source, m. */
  readonly stationM: number;
  readonly measuredAt: number;
  readonly isRaining: boolean;
}

/** One threshold and where it is reached. */
export interface PlumeLevel {
  /** AEGL level. */
  readonly level: 1 | 2 | 3;
  readonly mgM3: number;
  /** On the centre line, m; 0: nowhere. */
  readonly reachM: number;
  /** Closed; null: nowhere. */
  readonly ring: readonly LonLat[] | null;
}

/** What the model says; pure of source, wind and moment. */
export interface PlumeModel {
  readonly levels: readonly PlumeLevel[];
  readonly stability: StabilityClass;
  readonly towardDeg: number;
  readonly swingDeg: number;
  readonly windMs: number;
  /** null: the guidebook has no distances for this gas and size. */
  readonly firstZone: {
    readonly isolationM: number;
    readonly protectiveM: number;
    /** The size of spill the distances are for: small where the guidebook's table of ours has no other. */
    readonly basis: 'small' | 'large';
    readonly ring: readonly LonLat[];
  } | null;
  readonly isNight: boolean;
}

export type AssessPlume = (source: PlumeSource, wind: PlumeWind, now: number) => PlumeModel;

/** A range that people are counted in. */
export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface PlumeView {
  /** hand/<sequence> or incident/<number>. */
  readonly id: string;
  readonly title: string;
  readonly source: PlumeSource;
  /** null: no station near has a wind that is fresh enough; nothing is drawn then. */
  readonly wind: PlumeWind | null;
  readonly model: Omit<PlumeModel, 'levels' | 'firstZone'> | null;
  readonly levels: readonly (Pick<PlumeLevel, 'level' | 'mgM3' | 'reachM'> & { readonly people: Range })[];
  readonly firstZone:
    (Omit<NonNullable<PlumeModel['firstZone']>, 'ring'> & { readonly people: Range }) | null;
  readonly incident: number | null;
  readonly by: string | null;
  readonly since: number;
  readonly computedAt: number | null;
}

export interface PlumesView {
  readonly gases: readonly (Pick<GasFacts, 'title' | 'assumedKgS'> & { readonly id: string })[];
  readonly plumes: readonly PlumeView[];
  readonly method: Title;
  readonly validity: Title;
}
