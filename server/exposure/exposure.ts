// Who and what is in an area: residents of the grid by the hour, places of the city that lie in it, kilometres of road.
import type { LonLat } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { Counted, Exposure } from '../../contracts/records/exposure.ts';
import { rangeOf } from '../../contracts/records/exposure.ts';
import { coverOf } from './cover.ts';
import type { Hour } from './day-time.ts';
import { mallFactor, residentsFactor, schoolFactor, workFactor } from './day-time.ts';
import type { ExposureMeter, ExposureTally, Polygons } from './port.ts';
import type { ResidentGrid } from './resident-grid.ts';

export const exposureMethod = title(
  '乡镇常住人口按 250 m 网格分布（示意），乘时段系数，加在校学生与在岗人员；学生与居民可能重复，范围 ±20%',
  'Residents of towns on cells of 250 m (schematic), times a factor for the hour, with pupils and workers; some may be counted twice, ±20 %',
);

/** What a place is counted as. */
export type CountedKind =
  'school' | 'kindergarten' | 'workplace' | 'mall' | 'hospital' | 'shelter' | 'park' | 'scenic';

export interface CountedPlace {
  readonly kind: CountedKind;
  readonly name: string;
  readonly at: LonLat;
  /** Pupils, workers, customers, beds, places, visitors at most; 0: nobody says. */
  readonly holds: number;
}

export interface ExposureOptions {
  readonly grid: ResidentGrid;
  readonly places: readonly CountedPlace[];
  readonly hourAt: (at: number) => Hour;
  /** Metres of road by cell of the grid, laid when they are first asked for; null: no network is known. */
  readonly roads: (() => Float32Array) | null;
  /** 2020-11-01. */
  readonly sourceDay: string;
}

const METRES_PER_DEGREE = 111_195;
const MOST_NAMES = 5;
const NOBODY: Counted = { count: 0, holds: 0, names: [] };

/** Pure of areas and moment: what is asked twice is answered the same. */
export function createExposureMeter(options: ExposureOptions): ExposureMeter {
  return {
    measure: (areas, at) => measure(options, areas, at),
    tally: () => new Tally(options),
  };
}

/** Calls `each` once for every cell that any of the areas touches, with the share the best of them covers. */
function eachCell(
  grid: ResidentGrid,
  areas: readonly Polygons[],
  each: (cell: number, share: number) => void,
): void {
  const [first] = areas;
  if (!first) return;
  if (areas.length === 1) {
    coverOf(grid, first, each);
    return;
  }
  const shares = new Map<number, number>();
  for (const polygons of areas)
    coverOf(grid, polygons, (cell, share) => {
      if (share > (shares.get(cell) ?? 0)) shares.set(cell, share);
    });
  for (const [cell, share] of shares) each(cell, share);
}

const peopleIn = (grid: ResidentGrid, cell: number, hour: Hour): number =>
  (grid.core[cell] as number) * residentsFactor('core', hour) +
  (grid.town[cell] as number) * residentsFactor('town', hour);

/** People at a place at an hour; 0 for one that holds residents, patients or guests who are counted elsewhere or not at all. */
function presentAt({ kind, holds }: CountedPlace, hour: Hour): number {
  if (kind === 'school' || kind === 'kindergarten') return holds * schoolFactor(hour);
  if (kind === 'workplace') return holds * workFactor(hour);
  return kind === 'mall' ? holds * mallFactor(hour) : 0;
}

function measure(options: ExposureOptions, areas: readonly Polygons[], at: number): Exposure {
  const { grid, places, hourAt, sourceDay } = options;
  const roads = options.roads?.() ?? null;
  const hour = hourAt(at);
  const lived = { all: 0, here: 0, cells: 0, roadM: 0 };
  eachCell(grid, areas, (cell, share) => {
    lived.all += ((grid.core[cell] as number) + (grid.town[cell] as number)) * share;
    lived.here += peopleIn(grid, cell, hour) * share;
    lived.cells += share;
    lived.roadM += (roads?.[cell] ?? 0) * share;
  });
  const inside = places.filter((place) => areas.some((polygons) => isIn(polygons, place.at)));
  const of = (...kinds: readonly CountedKind[]): CountedPlace[] =>
    inside.filter(({ kind }) => kinds.includes(kind));
  const presentOf = (some: readonly CountedPlace[]): number =>
    some.reduce((sum, place) => sum + presentAt(place, hour), 0);
  const [schools, works] = [of('school', 'kindergarten'), of('workplace', 'mall')];
  return {
    ...{ at, dayPart: hour.dayPart, isSchoolTime: hour.isSchoolTime },
    areaKm2: (lived.cells * cellM2(grid)) / 1e6,
    people: rangeOf(lived.here + presentOf(inside)),
    residents: Math.round(lived.all),
    pupilsPresent: Math.round(presentOf(schools)),
    workersPresent: Math.round(presentOf(works)),
    schools: countOf(schools),
    workplaces: countOf(works),
    hospitals: countOf(of('hospital')),
    shelters: countOf(of('shelter')),
    parks: countOf(of('park')),
    scenic: countOf(of('scenic')),
    roadKm: roads ? Math.round(lived.roadM / 100) / 10 : null,
    ...{ sourceDay, method: exposureMethod },
  };
}

class Tally implements ExposureTally {
  readonly #options: ExposureOptions;
  readonly #cells = new Map<number, number>();
  readonly #places = new Map<CountedPlace, number>();

  constructor(options: ExposureOptions) {
    this.#options = options;
  }

  add(areas: readonly Polygons[], at: number): void {
    const { grid, places, hourAt } = this.#options;
    const hour = hourAt(at);
    const raise = <K>(of: Map<K, number>, key: K, people: number): void => {
      if (people > (of.get(key) ?? 0)) of.set(key, people);
    };
    eachCell(grid, areas, (cell, share) => raise(this.#cells, cell, peopleIn(grid, cell, hour) * share));
    for (const place of places)
      if (areas.some((polygons) => isIn(polygons, place.at)))
        raise(this.#places, place, presentAt(place, hour));
  }

  get people(): number {
    let sum = 0;
    for (const people of this.#cells.values()) sum += people;
    for (const people of this.#places.values()) sum += people;
    return Math.round(sum);
  }
}

const cellM2 = ({ stepLon, stepLat, south, ny }: ResidentGrid): number =>
  stepLon *
  METRES_PER_DEGREE *
  Math.cos(((south + (ny / 2) * stepLat) * Math.PI) / 180) *
  stepLat *
  METRES_PER_DEGREE;

const holdsOf = (places: readonly CountedPlace[]): number =>
  places.reduce((sum, { holds }) => sum + holds, 0);

function countOf(places: readonly CountedPlace[]): Counted {
  if (places.length === 0) return NOBODY;
  const names = [...places].sort((a, b) => b.holds - a.holds).map(({ name }) => name);
  return { count: places.length, holds: holdsOf(places), names: names.slice(0, MOST_NAMES) };
}

/** Even–odd over all rings: holes are outside. */
export function isIn(polygons: Polygons, [x, y]: LonLat): boolean {
  let inside = false;
  for (const ring of polygons.flat()) {
    let [px, py] = ring.at(-1) ?? [NaN, NaN];
    for (const [qx, qy] of ring) {
      if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside;
      [px, py] = [qx, qy];
    }
  }
  return inside;
}
