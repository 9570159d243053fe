// What a city says of itself and its people change while the server runs: thresholds of indicators, who handles which
// kind of incident, areas of its own. Each change is a SettingChange: on record, told with what it was, taken back.
import { z } from 'zod';
import type { Title } from '../column.ts';
import type { Grade } from './incident.ts';
import { grades } from './incident.ts';
import type { SettingChange } from './setting.ts';

const reason = z.string().trim().min(1).max(500);
const id = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens, for example "old-town"');
const slug = z.string().min(1).max(60);

/** a, b, c of "a|b|c", or both ends of a band, in the unit of the indicator. */
export const limitCode = z.array(z.number()).min(2).max(3);

/** Who handles a kind of incident: the first whose areas fit counts; the last names none and holds everywhere. */
export const dutyCases = z
  .array(
    z.strictObject({
      /** Codes of counties; absent: everywhere. */
      areas: z
        .array(z.string().regex(/^\d{6}$/, 'the code of a county'))
        .min(1)
        .max(40)
        .optional(),
      /** Ids of departments of the city. */
      department: slug,
      assisting: z.array(slug).max(12).default([]),
      /** Grades the county leads instead; absent: those of the city. */
      countyGrades: z.array(z.enum(grades as unknown as readonly [Grade, ...Grade[]])).optional(),
    }),
  )
  .min(1)
  .max(20);
export type DutyCases = z.output<typeof dutyCases>;

/** An area of the city's own, for rules of alerts. */
export const areaShape = z.strictObject({
  title: z.strictObject({
    zh: z.string().trim().min(1).max(40),
    en: z.string().trim().min(1).max(80),
  }),
  /** Ring of [lon, lat], degrees; it closes by itself. */
  polygon: z
    .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
    .min(3, 'an area needs three corners')
    .max(500),
});
export type AreaShape = z.output<typeof areaShape>;

/** `value` null: as in the files, or gone where they have none. */
const asked = <S extends z.ZodType>(value: S) => z.strictObject({ of: id, value: value.nullable() });
const changed = <S extends z.ZodType>(value: S) =>
  z.strictObject({ of: id, value: value.nullable(), reason });

export const tryLimitsSchema = asked(limitCode);
export const changeLimitsSchema = changed(limitCode);
export const tryCasesSchema = asked(dutyCases);
export const changeCasesSchema = changed(dutyCases);
export const tryAreaSchema = asked(areaShape);
export const changeAreaSchema = changed(areaShape);

export interface CityAsk {
  readonly of: string;
  readonly value: unknown;
}
export interface CityChange extends CityAsk {
  readonly reason: string;
}

/** What a change would do: something that is one way now and would be another. */
export interface SettingEffect {
  readonly what: Title;
  readonly before: Title;
  readonly after: Title;
}
export interface SettingEffects {
  readonly effects: readonly SettingEffect[];
  /** How many things were looked at. */
  readonly seen: number;
}

interface Kept<T> {
  readonly id: string;
  readonly title: Title;
  /** In force now. */
  readonly value: T;
  /** As the files of the city say; null: they have none. */
  readonly written: T | null;
  readonly isChanged: boolean;
}

export interface KeptLimits extends Kept<readonly number[]> {
  readonly unit: Title;
  readonly direction: 'down' | 'up' | 'band';
  /** ★ */
  readonly key: boolean;
}
export type KeptCases = Kept<DutyCases>;
export interface KeptArea extends Kept<AreaShape | null> {
  /** 'fence': the city's own, the only ones that are changed here. */
  readonly kind: 'county' | 'unit' | 'town' | 'fence';
  /** Accounts and rules of alerts that name it. */
  readonly usedBy: { readonly accounts: number; readonly rules: readonly string[] };
}

/** A page of settings of one kind. */
export interface KeptSettings<T> {
  readonly items: readonly T[];
  /** Newest first. */
  readonly changes: readonly SettingChange[];
  /** Names its form offers; null: it needs none. */
  readonly words: CaseWords | null;
}

/** Names a form of responsibilities offers. */
export interface CaseWords {
  readonly departments: readonly { readonly id: string; readonly name: Title }[];
  readonly counties: readonly { readonly code: string; readonly name: Title }[];
}
