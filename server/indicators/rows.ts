// Standings → rows of the layer indicator-value.
import { indicatorValue, LIMIT_MARK } from '../../contracts/layers/indicator-value.ts';
import type { Standing } from './evaluation.ts';
import type { IndicatorRow } from './port.ts';

export interface RowFacts {
  readonly slug: string;
  readonly version: number;
  /** The symbol shown behind the number; '' for none. */
  readonly unit: string;
  readonly inputs: readonly string[];
  /** Thresholds it is judged by, in its unit. */
  readonly code: readonly number[];
}

/** Id of the writer of computed rows. */
export const SOURCE = 'indicators';

const { min, max } = indicatorValue.columns.value;
const { maxItems, max: longest } = indicatorValue.columns.parts;
const OLDEST_S = indicatorValue.columns.oldestInputS.max;

/** `region` is the code of the city or of a county; `city` that of the city, whose rows lie in no county. */
export function toIndicatorRow(
  facts: RowFacts,
  standing: Standing,
  where: { readonly region: string; readonly city: string; readonly now: number },
): IndicatorRow {
  const { region, city, now } = where;
  const ageS = standing.oldestAt === null ? null : Math.round(Math.max(0, now - standing.oldestAt) / 1000);
  return {
    key: `indicator/${facts.slug}/${region}`,
    validAt: standing.computedAt,
    regionCode: region === city ? '' : region,
    quality: standing.approximate ? 'estimated' : 'good',
    source: SOURCE,
    synthetic: standing.synthetic,
    values: {
      indicator: facts.slug,
      region,
      value: inRange(standing.value),
      unit: facts.unit === '' ? null : facts.unit,
      state: standing.state,
      level: standing.level,
      score: Number.isNaN(standing.score) ? null : standing.score,
      freshness: standing.freshness,
      numerator: inRange(standing.numerator),
      denominator: inRange(standing.denominator),
      coveragePct: standing.coveragePct,
      oldestInputS: ageS === null ? null : Math.min(ageS, OLDEST_S),
      inputs: facts.inputs,
      parts:
        standing.parts.length === 0
          ? null
          : standing.parts.slice(0, maxItems).map((part) => part.slice(0, longest)),
      formula: `${facts.slug}@${facts.version}`,
      limits: facts.code.length === 0 ? null : facts.code.join(LIMIT_MARK),
    },
  };
}

const inRange = (value: number | null): number | null =>
  value === null || value < min || value > max ? null : value;
