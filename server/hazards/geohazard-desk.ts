// The score of each town with hazard points, from its rain gauge, every half minute of the city's clock.
import type { LonLat } from '../../contracts/column.ts';
import type { geohazardScore } from '../../contracts/layers/geohazard-score.ts';
import type { rainGauge } from '../../contracts/layers/rain-gauge.ts';
import type {
  GeohazardModel,
  HazardLevel,
  LevelScores,
  RainLine,
} from '../../contracts/records/geohazard.ts';
import { hazardLevels } from '../../contracts/records/geohazard.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import { SELF } from '../kit/own-rows.ts';
import type { LiveWorld, TickFollower } from '../state/port.ts';

type Gauges = LayerTable<(typeof rainGauge)['columns']>;
type ScoreRow = RowInput<(typeof geohazardScore)['columns']>;

/** A slope that is watched because people live below it. */
export interface HazardPoint {
  readonly name: string;
  readonly people: number;
  /** 1 (low) to 4 (very high). */
  readonly susceptibility: number;
}

export interface HazardTown {
  readonly code: string;
  readonly name: string;
  readonly at: LonLat;
  readonly line: RainLine;
  readonly points: readonly HazardPoint[];
}

export interface GeohazardOptions {
  readonly world: Pick<LiveWorld, 'nearest'>;
  readonly gauges: Gauges;
  readonly towns: readonly HazardTown[];
  readonly model: GeohazardModel;
  /** Limits of the city as they are in force at a moment. */
  readonly levelsAt: (at: number) => LevelScores;
  readonly isDemo: boolean;
  readonly write: (rows: readonly ScoreRow[]) => void;
}

const EVERY_MS = 30_000;
/** Farther away a gauge says nothing of a town's slopes, m. */
const GAUGE_M = 12_000;
/** Rain older than this is no rain of now, ms. */
const STALE_MS = 30 * 60_000;
const CANDIDATES = 6;
const MOST_NAMES = 8;
/** Below it a town is not listed: neither rain nor danger. */
const LEAST_SCORE = 0.2;

interface Leveled extends HazardPoint {
  readonly level: HazardLevel | null;
}

export class GeohazardDesk implements TickFollower {
  readonly #options: GeohazardOptions;
  #seenAt = -Infinity;

  constructor(options: GeohazardOptions) {
    this.#options = options;
  }

  tick({ at }: { readonly at: number }): void {
    if (at - this.#seenAt < EVERY_MS && at >= this.#seenAt) return;
    this.#seenAt = at;
    const { towns, levelsAt, write } = this.#options;
    const levels = levelsAt(at);
    write(towns.flatMap((town) => this.#row(town, levels, at)));
  }

  /** Nothing where no gauge near speaks: not known is not calm, and the layer says nothing of it. */
  #row(town: HazardTown, levels: LevelScores, at: number): ScoreRow[] {
    const slot = this.#gaugeOf(town, at);
    if (slot < 0) return [];
    const { gauges, model, isDemo } = this.#options;
    const gauge = gauges.row(slot);
    const { rain1hMm, rain3hMm, rain24hMm, antecedentMm } = gauge.values;
    const sums = [
      { hours: 3, mm: rain3hMm ?? 0 },
      { hours: 24, mm: rain24hMm ?? 0 },
    ];
    const effectiveMm = antecedentMm === null ? null : antecedentMm + (rain24hMm ?? 0);
    const found = model.score({ sums, effectiveMm }, town.line);
    if (found.score < LEAST_SCORE) return [];
    const points = town.points.map((point): Leveled => {
      return { ...point, level: model.level(found.score, point.susceptibility, levels) };
    });
    return [
      {
        ...{ key: town.code, validAt: gauge.validAt, regionCode: town.code, source: SELF },
        quality: gauge.quality === 'good' ? 'estimated' : gauge.quality,
        synthetic: isDemo || gauge.synthetic,
        values: {
          ...{ position: town.at, name: town.name, score: found.score, ratio: found.ratio },
          level: model.level(found.score, 2, levels),
          ...{ durationH: found.durationH, effectiveMm: found.effectiveMm },
          effectiveFrom: effectiveMm === null ? 'rain-of-a-day' : 'gauge',
          ...{ rain1hMm, rain3hMm, rain24hMm, gauge: gauge.values.name },
          ...countsOf(points),
        },
      },
    ];
  }

  #gaugeOf({ at: [lon, lat] }: HazardTown, at: number): number {
    const { world, gauges } = this.#options;
    const limit = { count: CANDIDATES, maxMetres: GAUGE_M };
    const near = world.nearest(gauges.layer.slug, { lon, lat }, limit) ?? [];
    const found = near.find(
      ({ slot }) =>
        at - (gauges.validAt[slot] as number) <= STALE_MS &&
        gauges.column('rain3hMm').value(slot) !== null &&
        gauges.row(slot).quality !== 'bad',
    );
    return found?.slot ?? -1;
  }
}

/** What is to be done at the points of one town: patrol from blue on, prepare at orange, move at red. */
function countsOf(points: readonly Leveled[]) {
  const at = (...levels: readonly HazardLevel[]): Leveled[] =>
    points.filter(({ level }) => level !== null && levels.includes(level));
  const peopleAt = (some: readonly Leveled[]): number => some.reduce((sum, { people }) => sum + people, 0);
  const [prepare, move] = [at('orange'), at('red')];
  const worst = [...points]
    .filter(({ level }) => level !== null)
    .sort((a, b) => rankOf(b) - rankOf(a) || b.people - a.people);
  return {
    points: points.length,
    patrolPoints: at(...hazardLevels).length,
    preparePoints: prepare.length,
    preparePeople: peopleAt(prepare),
    movePoints: move.length,
    movePeople: peopleAt(move),
    people: peopleAt(points),
    worst: worst.slice(0, MOST_NAMES).map(({ name }) => name.slice(0, 60)),
  };
}

const rankOf = ({ level }: Leveled): number => (level === null ? -1 : hazardLevels.indexOf(level));
