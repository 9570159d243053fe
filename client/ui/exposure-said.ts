// Who is in an area, in the one shape in which panels say it: out of an answer of the server or out of a row.
import { dayParts, type DayPart, type Exposure, type Range } from '../../contracts/records/exposure.ts';
import type { ExposureRow } from '../stores/hazards.ts';

export interface ExposureSaid {
  readonly people: Range;
  readonly residents: number;
  readonly pupils: number;
  readonly workers: number;
  readonly schools: number;
  readonly hospitals: number;
  readonly beds: number;
  readonly shelters: number;
  readonly shelterPlaces: number;
  readonly parks: number;
  /** null: no road network is known. */
  readonly roadKm: number | null;
  readonly dayPart: DayPart;
  readonly sourceDay: string;
  /** Everybody who was in it so far; null: it stands still. */
  readonly exposedPeople: number | null;
}

export const saidOf = (one: Exposure): ExposureSaid => ({
  people: one.people,
  residents: one.residents,
  pupils: one.pupilsPresent,
  workers: one.workersPresent,
  schools: one.schools.count,
  hospitals: one.hospitals.count,
  beds: one.hospitals.holds,
  shelters: one.shelters.count,
  shelterPlaces: one.shelters.holds,
  parks: one.parks.count,
  roadKm: one.roadKm,
  dayPart: one.dayPart,
  sourceDay: one.sourceDay,
  exposedPeople: null,
});

const isDayPart = (word: string | null): word is DayPart => word !== null && word in dayParts;

export function saidOfRow({ values }: ExposureRow): ExposureSaid {
  const number = (value: number | null): number => value ?? 0;
  return {
    people: {
      value: number(values.people),
      low: number(values.peopleLow),
      high: number(values.peopleHigh),
    },
    residents: number(values.residents),
    pupils: number(values.pupils),
    workers: number(values.workers),
    schools: number(values.schools),
    hospitals: number(values.hospitals),
    beds: number(values.beds),
    shelters: number(values.shelters),
    shelterPlaces: number(values.shelterPlaces),
    parks: number(values.parks),
    roadKm: values.roadKm,
    dayPart: isDayPart(values.dayPart) ? values.dayPart : 'day',
    sourceDay: values.sourceDay ?? '',
    exposedPeople: values.exposedPeople,
  };
}
