// Who and what is in an area at an hour of the day (docs/hazards.md). Estimates, and said to be.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { position } from './action-parts.ts';
import type { Range } from './plume.ts';

export type { Range } from './plume.ts';

/** POST /api/exposure. */
export const exposureSchema = z.strictObject({
  /** Corners of the area, degrees; the last one is joined to the first. */
  ring: z.array(position).min(3).max(500),
  /** The moment people are counted for, epoch ms; absent: now. */
  at: z.int().positive().optional(),
});
export type ExposureRequest = z.infer<typeof exposureSchema>;

export const dayParts = {
  day: title('白天 08–18 时', 'by day, 08–18'),
  evening: title('傍晚 18–22 时', 'in the evening, 18–22'),
  night: title('夜间 22–08 时', 'by night, 22–08'),
} as const;
export type DayPart = keyof typeof dayParts;

export interface Counted {
  readonly count: number;
  /** Pupils enrolled, people who work there, beds, places. */
  readonly holds: number;
  /** The largest first, five at most. */
  readonly names: readonly string[];
}

export interface Exposure {
  /** The moment people are counted for, epoch ms. */
  readonly at: number;
  readonly dayPart: DayPart;
  readonly isSchoolTime: boolean;
  readonly areaKm2: number;
  /** Residents who are there at this hour, pupils and workers together. */
  readonly people: Range;
  /** Registered to live there, whatever the hour. */
  readonly residents: number;
  readonly pupilsPresent: number;
  readonly workersPresent: number;
  readonly schools: Counted;
  readonly workplaces: Counted;
  readonly hospitals: Counted;
  readonly shelters: Counted;
  readonly parks: Counted;
  readonly scenic: Counted;
  /** Of the road network; null: it is not known. */
  readonly roadKm: number | null;
  /** Day the count of residents speaks of, 2020-11-01. */
  readonly sourceDay: string;
  readonly method: Title;
}

/** Error of an estimate, as a share (≈). */
export const EXPOSURE_ERROR = 0.2;
export const rangeOf = (value: number): Range => ({
  value: Math.round(value),
  low: Math.round(value * (1 - EXPOSURE_ERROR)),
  high: Math.round(value * (1 + EXPOSURE_ERROR)),
});
