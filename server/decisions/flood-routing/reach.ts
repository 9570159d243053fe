// The reach of the city as it stands: levels and releases out of the layers, forecasts of what comes, and what is missing of it.
import type { Title } from '../../../contracts/column.ts';
import type { Layer, Row } from '../../../contracts/layer.ts';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import type { AdviceGap, LonLat } from '../../../contracts/records/advice.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import { DecisionFault } from '../../kit/define-decision.ts';
import type { FloodFacts } from './facts.ts';
import { readCourse } from './schemes.ts';
import type { Arrival, Course } from './routing.ts';

const HOUR_MS = 3_600_000;
/** Gauges and reservoirs report each five minutes: after four of them a value is old. */
const STALE_MS = 20 * 60_000;
const LATE_MS = 10 * 60_000;
/** A forecast older than this is named: the service makes one each half hour. */
const OLD_FORECAST_MS = 3 * HOUR_MS;

/** A gauge or reservoir of the reach with what the city and the layers say of it. */
export interface Site {
  readonly id: string;
  readonly name: Title;
  readonly kind: 'gauge' | 'reservoir';
  readonly position: LonLat;
  /** Warning level or flood limit; null: none is set. */
  readonly warningM: number | null;
  /** Guarantee or design level. */
  readonly guaranteeM: number | null;
  readonly key: string | null;
  readonly observedM: number | null;
  readonly observedAt: number;
  readonly flowM3S: number | null;
  readonly trail: Course;
}

type Station = Readonly<Record<string, unknown>>;
const numberOf = (row: Station | undefined, name: string): number | null => {
  const value = row?.[name];
  return typeof value === 'number' ? value : null;
};

export function sitesOf(view: DecisionView<FloodFacts>): readonly Site[] {
  const { reservoirs, gauges } = view.facts;
  return [
    ...gauges.map(({ id }) =>
      siteOf(view, { id, kind: 'gauge', layer: riverGauge, file: 'river-gauges', by: 'stcd' }),
    ),
    ...reservoirs.map(({ id }) =>
      siteOf(view, { id, kind: 'reservoir', layer: reservoir, file: 'reservoirs', by: 'id' }),
    ),
  ];
}

interface Wanted {
  readonly id: string;
  readonly kind: Site['kind'];
  readonly layer: typeof riverGauge | typeof reservoir;
  readonly file: string;
  readonly by: string;
}

function siteOf(view: DecisionView<FloodFacts>, { id, kind, layer, file, by }: Wanted): Site {
  const station = view.stations(file).find((row) => row[by] === id);
  if (!station)
    throw new DecisionFault(`城市包没有站点 ${id}`, `${file}.csv of the city package has no ${id}`);
  const name = String(station['name']);
  const row = view.rows<Layer>(layer).find(({ values }) => values['name'] === name);
  if (row) view.cite(layer, row);
  const values: Readonly<Record<string, unknown>> = row?.values ?? {};
  const flow = values[kind === 'gauge' ? 'flowM3S' : 'outflowM3S'];
  return {
    ...{ id, kind, key: row?.key ?? null },
    name: { zh: name, en: String(station['en'] ?? name) },
    position: [numberOf(station, 'lon') ?? 0, numberOf(station, 'lat') ?? 0],
    warningM: numberOf(station, kind === 'gauge' ? 'warningM' : 'floodLimitM'),
    guaranteeM: numberOf(station, kind === 'gauge' ? 'guaranteeM' : 'designM'),
    observedM: numberOf(values, 'levelM'),
    observedAt: row?.validAt ?? 0,
    flowM3S: typeof flow === 'number' ? flow : null,
    trail: row ? view.trail(layer, row.key, 'levelM') : [],
  };
}

/** Level → storage m³, out of the city's tables. */
export function storageOf(
  view: DecisionView<FloodFacts>,
  id: string,
): readonly (readonly [number, number])[] {
  const curve = view
    .stations('storage-curves')
    .filter((row) => row['reservoir'] === id)
    .map((row) => [numberOf(row, 'levelM') ?? 0, (numberOf(row, 'storage1e8m3') ?? 0) * 1e8] as const)
    .sort((a, b) => a[0] - b[0]);
  if (curve.length < 2)
    throw new DecisionFault(`${id} 没有库容曲线`, `storage-curves.csv of the city has no curve of ${id}`);
  return curve;
}

/** Forecasts are named by the names of their places. */
export function arrivalsOf(
  view: DecisionView<FloodFacts>,
  arrivals: FloodFacts['gauges'][number]['arrivals'],
): readonly Arrival[] {
  return arrivals.map((one) => {
    const lagMs = one.lagH * HOUR_MS;
    if ('from' in one) return { from: one.from, lagMs };
    const row = forecastRow(view, one.forecast);
    const forecast = readCourse(row?.values.points ?? null);
    if (!row || forecast.length === 0)
      throw new DecisionFault(
        `缺${one.forecast}的洪水预报过程`,
        `there is no forecast hydrograph of ${one.forecast}`,
      );
    view.cite(flowForecast, row);
    return { forecast, lagMs };
  });
}

const forecastRow = (
  view: DecisionView<FloodFacts>,
  name: string,
): Row<(typeof flowForecast)['columns']> | undefined =>
  view.rows(flowForecast).find(({ values }) => values.name === name);

/** What is old or missing, and what was used in its place. */
export function gapsOf(
  view: DecisionView<FloodFacts>,
  sites: readonly Site[],
  now: number,
): readonly AdviceGap[] {
  const observed = sites.flatMap((site): AdviceGap[] => {
    const layer = site.kind === 'gauge' ? 'river-gauge' : 'reservoir';
    if (site.observedM === null)
      return [
        {
          ...{ layer, kind: 'missing' },
          what: { zh: `${site.name.zh}无水位`, en: `${site.name.en} has no level` },
          used: { zh: '只用预报过程推算', en: 'worked out of the forecasts alone' },
        },
      ];
    const ageMs = now - site.observedAt;
    if (ageMs <= LATE_MS) return [];
    const since = view.clockText(site.observedAt);
    return [
      {
        ...{ layer, kind: ageMs > STALE_MS ? 'stale' : 'late' },
        what: { zh: `${site.name.zh} ${since} 起无新值`, en: `${site.name.en} is silent since ${since}` },
        used: {
          zh: `用最后值与预报过程续算`,
          en: `goes on from the last value of ${since} with the forecasts`,
        },
      },
    ];
  });
  return [...observed, ...oldForecasts(view, now)];
}

function oldForecasts(view: DecisionView<FloodFacts>, now: number): AdviceGap[] {
  const names = [...view.facts.gauges, ...view.facts.reservoirs].flatMap(({ arrivals }) =>
    arrivals.flatMap((one) => ('forecast' in one ? [one.forecast] : [])),
  );
  return [...new Set(names)].flatMap((name): AdviceGap[] => {
    const row = forecastRow(view, name);
    if (!row || now - (row.issuedAt ?? now) <= OLD_FORECAST_MS) return [];
    const since = view.clockText(row.issuedAt ?? now);
    return [
      {
        ...{ layer: 'flow-forecast', kind: 'stale' },
        what: { zh: `${name}预报为 ${since} 所作`, en: `the forecast of ${name} was made at ${since}` },
        used: { zh: '沿用该预报', en: 'that forecast is used' },
      },
    ];
  });
}
