// The advice out of the outcomes: which scheme is best and why, how sure that is, and the branch of each.
import type { Title } from '../../../contracts/column.ts';
import type { AdviceGap, AdviceSaid } from '../../../contracts/records/advice.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import { comparedWith } from './compare.ts';
import type { FloodFacts } from './facts.ts';
import { optionOf } from './option.ts';
import type { Outcome, SiteOutcome } from './outcomes.ts';
import { circle } from './outcomes.ts';
import type { Site } from './reach.ts';
import type { Course } from './routing.ts';

const HOUR_MS = 3_600_000;
/** Nobody acts on it after this: the forecasts are made anew each half hour. */
const VALID_MS = 2 * HOUR_MS;
/** What lags and one rating can be trusted with, before anything is missing. */
const METHOD_CONFIDENCE = 0.8;
const PER_GAP = 0.1;
const MOST_FOR_GAPS = 0.3;
/** A start that is off by more says that forecasts or rating do not fit today. */
const START_OFF_M = 0.3;
/** Half-hour points up to here, then hourly. */
const FINE_MS = 16 * HOUR_MS;

export interface Worked {
  readonly now: number;
  readonly sites: readonly Site[];
  readonly outcomes: readonly Outcome[];
  readonly gaps: readonly AdviceGap[];
}

const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
const METHOD: Title = { zh: '水量平衡与滞时叠加', en: 'balance and lags' };

export function adviceOf(view: DecisionView<FloodFacts>, worked: Worked): AdviceSaid {
  const { now, outcomes, gaps } = worked;
  const { facts } = view;
  const best = [...outcomes].sort(better)[0] as Outcome;
  const main = facts.gauges[0]?.id ?? '';
  return {
    question: {
      zh: `${facts.title.zh}：水库怎样调度，洪峰多高、何时到？`,
      en: `${facts.title.en}: how to run the dams, how high is the crest and when?`,
    },
    place: { id: facts.id, title: facts.title, position: [...facts.position], region: facts.region },
    findings: outcomes.flatMap((outcome) => findingsOf(view, outcome, main)),
    exposure: outcomes.flatMap(({ scheme, zones }) =>
      zones.map(({ zone, people, range, basis }) => ({
        title: effectWords(zone),
        option: scheme.id,
        people,
        range: [...range] as [number, number],
        basis,
      })),
    ),
    options: outcomes.map((outcome) => optionOf(view, { outcome, now })),
    confidence: confidenceOf(worked),
    advised: { option: best.scheme.id, why: whyOf(best, outcomes), over: comparedWith(best, outcomes) },
    clause: facts.clause,
    series: seriesOf(worked),
    shapes: outcomes.flatMap(shapesOf),
    branch: outcomes.flatMap((outcome) => branchOf(outcome, { best: best.scheme.id })),
    validUntil: now + VALID_MS,
    gaps: [...gaps],
  };
}

const effectWords = ({ name, effect }: FloodFacts['zones'][number]): Title =>
  effect === 'flooded'
    ? { zh: `${name.zh}进水`, en: `${name.en} flooded` }
    : { zh: `${name.zh}转移`, en: `${name.en} to be left` };

function findingsOf(
  view: DecisionView<FloodFacts>,
  { scheme, sites }: Outcome,
  main: string,
): AdviceSaid['findings'] {
  return sites
    .filter(({ site }) => site.id === main || site.kind === 'reservoir')
    .map(({ site, peak, range }) => ({
      title: {
        zh: `${scheme.title.zh} · ${site.name.zh}最高（${view.clockText(peak[0])}）`,
        en: `${scheme.title.en} · ${site.name.en} highest (${view.clockText(peak[0])})`,
      },
      ...{
        value: round(peak[1]),
        unit: 'm' as const,
        range: [round(range[0]), round(range[1])] as [number, number],
      },
      ...{ at: peak[0], method: METHOD },
    }));
}

/** People in the water first, then guarantee levels, then dams, then who must move, then metres over warning levels and flood limits. */
function better(a: Outcome, b: Outcome): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    if (Math.abs(value - other) > 0.005) return value - other;
  }
  return 0;
}

function rankOf({ zones, sites }: Outcome): number[] {
  const people = (effect: string): number =>
    zones.filter(({ zone }) => zone.effect === effect).reduce((sum, one) => sum + one.people, 0);
  const over = (of: SiteOutcome[], limit: (site: Site) => number | null): number =>
    of.reduce((sum, { site, peak }) => sum + Math.max(0, peak[1] - (limit(site) ?? Infinity)), 0);
  const gauges = sites.filter(({ site }) => site.kind === 'gauge');
  const dams = sites.filter(({ site }) => site.kind === 'reservoir');
  return [
    people('flooded'),
    over(gauges, ({ guaranteeM }) => guaranteeM),
    over(dams, ({ guaranteeM }) => guaranteeM),
    people('move'),
    over([...gauges, ...dams], ({ warningM }) => warningM),
  ];
}

function whyOf(best: Outcome, outcomes: readonly Outcome[]): Title {
  const flooded = ({ zones }: Outcome): number =>
    zones.filter(({ zone }) => zone.effect === 'flooded').reduce((sum, one) => sum + one.people, 0);
  const worst = Math.max(...outcomes.map(flooded));
  const mine = flooded(best);
  const crest = best.sites[0];
  const level = crest ? ` ${round(crest.peak[1]).toFixed(2)} m` : '';
  if (worst > mine)
    return {
      zh: `${crest?.site.name.zh ?? ''}洪峰${level}，进水 ${mine} 人，最差方案 ${worst} 人`,
      en: `crest at ${crest?.site.name.en ?? ''}${level}; ${mine} people flooded, ${worst} under the worst`,
    };
  return {
    zh: `各方案进水人数相同（${mine} 人），此案超限最少，${crest?.site.name.zh ?? ''}洪峰${level}`,
    en: `as many people flooded as under the others (${mine}); fewest limits passed, crest at ${crest?.site.name.en ?? ''}${level}`,
  };
}

function confidenceOf({ gaps, outcomes, sites }: Worked): AdviceSaid['confidence'] {
  const reasons: Title[] = [
    {
      zh: `方法：滞时与水位流量关系固定，起评 ${METHOD_CONFIDENCE}`,
      en: `method: fixed lags and rating, ${METHOD_CONFIDENCE} to begin with`,
    },
  ];
  let value = METHOD_CONFIDENCE;
  if (gaps.length > 0) {
    const less = Math.min(MOST_FOR_GAPS, gaps.length * PER_GAP);
    value -= less;
    reasons.push({
      zh: `输入缺口 ${gaps.length} 处，减 ${round(less, 1)}`,
      en: `${gaps.length} gaps in its inputs, ${round(less, 1)} less`,
    });
  }
  const off = startOff(outcomes, sites);
  if (off !== null && Math.abs(off) > START_OFF_M) {
    value -= PER_GAP;
    reasons.push({
      zh: `起算水位与实测相差 ${round(off)} m，减 ${PER_GAP}`,
      en: `its start is ${round(off)} m off what is observed, ${PER_GAP} less`,
    });
  } else if (off !== null)
    reasons.push({
      zh: `起算水位与实测相差 ${round(off)} m`,
      en: `its start is ${round(off)} m off what is observed`,
    });
  return { value: round(Math.max(0, value)), reasons };
}

/** Worked-out level of the first gauge now minus the observed one, m; null: nothing fresh is observed. */
function startOff(outcomes: readonly Outcome[], sites: readonly Site[]): number | null {
  const gauge = sites.find(({ kind }) => kind === 'gauge');
  const course = outcomes[0]?.sites.find(({ site }) => site.id === gauge?.id)?.level;
  const [at, level] = course?.[0] ?? [];
  if (gauge?.observedM == null || at === undefined || level === undefined) return null;
  return at - gauge.observedAt > HOUR_MS ? null : level - gauge.observedM;
}

function seriesOf({ sites, outcomes, now }: Worked): NonNullable<AdviceSaid['series']> {
  const limitsOf = ({ kind, warningM, guaranteeM }: Site) => [
    ...(warningM === null
      ? []
      : [
          {
            title: kind === 'gauge' ? { zh: '警戒', en: 'Warning' } : { zh: '汛限', en: 'Flood limit' },
            value: warningM,
          },
        ]),
    ...(guaranteeM === null
      ? []
      : [
          {
            title: kind === 'gauge' ? { zh: '保证', en: 'Guarantee' } : { zh: '设计', en: 'Design' },
            value: guaranteeM,
          },
        ]),
  ];
  const observed = sites
    .filter(({ trail }) => trail.length > 1)
    .map((site) => ({
      ...{
        title: site.name,
        option: '',
        of: site.id,
        unit: 'm' as const,
        observed: true,
        limits: limitsOf(site),
      },
      points: thinned(site.trail).map(([at, value]) => [at, round(value)]),
    }));
  const ahead = outcomes.flatMap(({ scheme, sites: found }) =>
    found.map(({ site, level, low, high, peak }) => ({
      ...{ title: site.name, option: scheme.id, of: site.id, unit: 'm' as const, observed: false },
      limits: limitsOf(site),
      points: level.flatMap(([at, value], index) => {
        const isKept = at - now <= FINE_MS || at % HOUR_MS === 0 || at === peak[0];
        return isKept
          ? [[at, round(value), round(low[index]?.[1] ?? value), round(high[index]?.[1] ?? value)]]
          : [];
      }),
      peak: [peak[0], round(peak[1])] as [number, number],
    })),
  );
  return [...observed, ...ahead].slice(0, 24);
}

/** A point each quarter of an hour is enough to draw. */
function thinned(course: Course): Course {
  let last = -Infinity;
  return course.filter(([at]) => {
    if (at - last < HOUR_MS / 4) return false;
    last = at;
    return true;
  });
}

function shapesOf({ scheme, zones }: Outcome): NonNullable<AdviceSaid['shapes']> {
  return zones.map(({ zone, at }) => ({
    title: effectWords(zone),
    option: scheme.id,
    class: zone.effect === 'flooded' ? 'inundated' : 'to-move',
    geometry: { type: 'Polygon' as const, coordinates: [circle(zone.position, zone.radiusM)] },
    from: at,
  }));
}

function branchOf(
  { scheme, sites }: Outcome,
  { best }: { readonly best: string },
): NonNullable<AdviceSaid['branch']> {
  return sites.map(({ site, level, peak, range, peakFlow }) => {
    const [endAt, endM] = level.at(-1) ?? peak;
    const margin = (limit: number | null): number | null => (limit === null ? null : round(limit - peak[1]));
    return {
      ...{ layer: 'level-forecast', id: `${scheme.id}/${site.id}`, validAt: peak[0] },
      values: {
        position: site.position,
        name: site.name.zh,
        kind: site.kind,
        option: scheme.id,
        optionName: scheme.title.zh,
        advised: scheme.id === best ? 'yes' : 'no',
        peakM: round(peak[1]),
        peakLowM: round(range[0]),
        peakHighM: round(range[1]),
        peakAt: peak[0],
        peakFlowM3S: Math.round(peakFlow),
        warningMarginM: margin(site.warningM),
        guaranteeMarginM: margin(site.guaranteeM),
        endM: round(endM),
        endAt,
      },
    };
  });
}
