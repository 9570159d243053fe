// What is computed from indicators: the eight vital signs, the city operation index, the number of red ones.
import type { Title } from '../../contracts/column.ts';
import type { Sign } from './define.ts';
import { signs, weightOf } from './define.ts';
import type { Evaluation, Standing } from './evaluation.ts';
import type { PlannedIndicator } from './load.ts';
import type { Limits } from './score.ts';
import { levelOfScore, scoreOf } from './score.ts';
import type { SignIndex, SignPart } from './vital-signs.ts';
import { operationIndex, signIndex, signWeights } from './vital-signs.ts';

const none = { zh: '', en: '' };

export const signTitles: Readonly<Record<Sign, Title>> = {
  'public-opinion': { zh: '舆情', en: 'Public opinion' },
  'public-security': { zh: '治安', en: 'Public security' },
  environment: { zh: '环境', en: 'Environment' },
  traffic: { zh: '交通', en: 'Traffic' },
  'public-service': { zh: '公共服务', en: 'Public service' },
  economy: { zh: '经济运行', en: 'Economy' },
  industry: { zh: '产业发展', en: 'Industry' },
  'project-investment': { zh: '项目投资', en: 'Project investment' },
};

/** As indicators: an index is green from 80, yellow from 60, orange from 40. */
const INDEX: Limits = { from: '2024-01-01', to: null, code: [80, 60, 40], best: 100, worst: 0 };
const RED: Limits = { from: '2024-01-01', to: null, code: [0, 2, 5] };

const signFormula: Title = {
  zh: '体征指数 = Σ(权重×新鲜度×得分) / Σ(权重×新鲜度)，★指标权重2、其余1；★指标红色时不超过59，橙色时不超过79；有效权重不足一半时为数据不足。',
  en: 'Index = Σ(weight × freshness × score) / Σ(weight × freshness), weight 2 for ★ and 1 for others; at most 59 with a red ★, 79 with an orange one; not enough data below half of the weights.',
};
const operationFormula: Title = {
  zh: '城市运行指数 = Σ(体征权重×体征指数) / Σ(有值体征的权重)；有值体征的权重不足一半时为数据不足。权重：舆情.10、治安.15、环境.15、交通.15、公共服务.15、经济运行.15、产业发展.08、项目投资.07。',
  en: 'City operation index = Σ(weight × vital sign) / Σ(weights of the signs with a value); not enough data below half of the weights. Weights: opinion .10, security .15, environment .15, traffic .15, service .15, economy .15, industry .08, investment .07.',
};
const redCountFormula: Title = {
  zh: '当前级别为红色的体征指标数；覆盖率为有当前值的体征指标占全部体征指标的比例。',
  en: 'Vital-sign indicators whose level is red now; coverage is the share of all vital-sign indicators that have a current value.',
};

export interface Composite {
  readonly slug: string;
  readonly unit: Title;
  readonly sign: Sign | null;
  readonly title: Title;
  readonly formula: Title;
  readonly limits: readonly Limits[];
  readonly direction: 'up' | 'down';
  /** Slugs it is computed from. */
  readonly inputs: readonly string[];
  /** For a region number. */
  standing(region: number, now: number): Standing;
}

interface Source {
  readonly evaluations: readonly Evaluation[];
  readonly planned: readonly PlannedIndicator[];
}

const OPERATION_INDEX = 'city-operation-index';
const RED_COUNT = 'red-indicator-count';

export function createComposites(source: Source): readonly Composite[] {
  const perSign = signs.map((sign) => signComposite(sign, source));
  return [...perSign, operationComposite(perSign), redCount(source)];
}

function signComposite(sign: Sign, { evaluations, planned }: Source): Composite {
  const own = evaluations.filter(({ definition }) => definition.sign === sign);
  const missing = planned.filter((indicator) => indicator.sign === sign);
  const absent = missing.map((indicator) => absentPart(weightOf(indicator)));
  return {
    slug: sign,
    title: signTitles[sign],
    unit: none,
    sign,
    formula: signFormula,
    limits: [INDEX],
    direction: 'up',
    inputs: [...own.map(({ definition }) => definition.slug), ...missing.map(({ slug }) => slug)],
    standing: (region, now) => {
      // What is only known for the whole city says nothing about a county.
      const spoken = own.filter(({ regionCount }) => region < regionCount);
      const parts = spoken.map((evaluation) => partOf(evaluation, region));
      return ofIndex(signIndex([...parts, ...absent]), standingsOf(spoken, region), now);
    },
  };
}

const absentPart = (weight: number): SignPart => ({
  weight,
  freshness: 0,
  score: NaN,
  level: null,
  key: false,
});

function partOf(evaluation: Evaluation, region: number): SignPart {
  const standing = evaluation.standing(region);
  const { definition } = evaluation;
  return {
    weight: weightOf(definition),
    freshness: standing?.freshness ?? 0,
    score: standing?.score ?? NaN,
    level: standing?.level ?? null,
    key: definition.key,
  };
}

/** Those with a value that is still fresh enough to count. */
const standingsOf = (evaluations: readonly Evaluation[], region: number): Standing[] =>
  evaluations.flatMap((one) => {
    const standing = one.standing(region);
    return standing !== null && (standing.freshness ?? 0) > 0 ? [standing] : [];
  });

function ofIndex({ value, coveragePct }: SignIndex, used: readonly Standing[], now: number): Standing {
  const score = value === null ? NaN : scoreOf(value, 'up', INDEX);
  const anything = used.some((one) => one.value !== null);
  const oldest = used.map(({ oldestAt }) => oldestAt).filter((at) => at !== null);
  return {
    state: value !== null ? 'current' : anything ? 'insufficient' : 'off',
    value,
    numerator: null,
    denominator: null,
    level: levelOfScore(score),
    score,
    freshness: value === null ? null : 1,
    coveragePct,
    oldestAt: oldest.length === 0 ? null : Math.min(...oldest),
    computedAt: now,
    parts: [],
    synthetic: used.some((one) => one.synthetic),
    approximate: used.some((one) => one.approximate),
  };
}

function operationComposite(perSign: readonly Composite[]): Composite {
  return {
    slug: OPERATION_INDEX,
    title: { zh: '城市运行指数', en: 'City operation index' },
    unit: none,
    sign: null,
    formula: operationFormula,
    limits: [INDEX],
    direction: 'up',
    inputs: perSign.map(({ slug }) => slug),
    standing: (region, now) => {
      const parts = perSign.map((sign) => sign.standing(region, now));
      const values = parts.map(({ value }, i) => ({ weight: signWeights[signs[i] as Sign], value }));
      return ofIndex(
        operationIndex(values),
        parts.filter(({ value }) => value !== null),
        now,
      );
    },
  };
}

function redCount({ evaluations, planned }: Source): Composite {
  const own = evaluations.filter(({ definition }) => definition.sign !== null);
  return {
    slug: RED_COUNT,
    title: { zh: '红色体征指标数', en: 'Red vital-sign indicators' },
    unit: { zh: '个', en: '' },
    sign: null,
    formula: redCountFormula,
    limits: [RED],
    direction: 'down',
    inputs: signs,
    standing: (region, now) => {
      const current = standingsOf(
        own.filter(({ regionCount }) => region < regionCount),
        region,
      );
      const coveragePct = (100 * current.length) / (own.length + planned.length);
      const base = ofIndex({ value: null, coveragePct }, current, now);
      if (current.length === 0) return base;
      const value = current.filter(({ level }) => level === 'red').length;
      const score = scoreOf(value, 'down', RED);
      return { ...base, state: 'current', value, score, level: levelOfScore(score), freshness: 1 };
    },
  };
}
