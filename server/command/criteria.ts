// The published criteria of grading, row by row: from which value on a fact makes an incident how grave. Within a row each
// fact counts by itself; the gravest of all counts.
// 生产安全事故 and 火灾: State Council decree 493 (2007), article 3. 地震: national earthquake plan. 突发环境事件: national plan of 2014,
// annex 1. 森林火灾: Forest fire regulations, article 40. 自然灾害: national relief plan. Others are city rules (≈).
import type { Fact, Grade, IncidentKind } from '../../contracts/records/incident.ts';

/** From which value on: Ⅰ, Ⅱ, Ⅲ, Ⅳ; null: the fact alone never makes it so. */
export type Limits = readonly [I: number | null, II: number | null, III: number | null, IV: number | null];

export interface Criteria {
  /** The rule, for the reason people read. */
  readonly rule: { readonly zh: string; readonly en: string };
  readonly limits: Readonly<Partial<Record<Fact, Limits>>>;
}

const decree493: Criteria = {
  rule: { zh: '生产安全事故报告和调查处理条例（国令493）第三条', en: 'State Council decree 493, article 3' },
  limits: {
    dead: [30, 10, 3, 0],
    hurt: [100, 50, 10, 0],
    poisoned: [100, 50, 10, 0],
    lossWan: [10_000, 5000, 1000, 0],
  },
};
const relief: Criteria = {
  rule: { zh: '国家自然灾害救助应急预案', en: 'National relief plan' },
  limits: {
    dead: [200, 100, 50, 20],
    evacuated: [2_000_000, 1_000_000, 500_000, 100_000],
    houses: [300_000, 200_000, 100_000, 10_000],
  },
};
const city = (zh: string, en: string): Criteria['rule'] => ({
  zh: `${zh}（市级规则，≈）`,
  en: `${en} (city rule, ≈)`,
});

export const criteria: Readonly<Record<IncidentKind, Criteria>> = {
  'work-accident': decree493,
  'gas-leak': decree493,
  hazmat: decree493,
  fire: { ...decree493, rule: { zh: '火灾事故等级（同国令493）', en: 'Fires, as decree 493' } },
  traffic: {
    ...decree493,
    rule: { zh: '道路交通事故等级（同国令493）', en: 'Road accidents, as decree 493' },
  },
  rescue: decree493,
  utility: decree493,
  security: decree493,
  flood: relief,
  'geo-hazard': {
    rule: {
      zh: '地质灾害灾情分级（地质灾害防治条例第四条）',
      en: 'Geological hazard regulations, article 4',
    },
    limits: { dead: [30, 10, 3, 0], lossWan: [1000, 500, 100, 0] },
  },
  earthquake: {
    rule: { zh: '国家地震应急预案', en: 'National earthquake plan' },
    limits: { dead: [300, 50, 10, 0], magnitude: [7, 6, 5, 4] },
  },
  environment: {
    rule: { zh: '国家突发环境事件应急预案附件1', en: 'National environmental plan, annex 1' },
    limits: {
      dead: [30, 10, 3, 0],
      poisoned: [100, 50, 10, 0],
      evacuated: [50_000, 10_000, 5000, 0],
      lossWan: [10_000, 2000, 500, 0],
      provinces: [null, 2, null, null],
    },
  },
  'forest-fire': {
    rule: { zh: '森林防火条例第四十条', en: 'Forest fire regulations, article 40' },
    limits: { burntHa: [1000, 100, 1, 0], dead: [30, 10, 3, 1], hurt: [100, 50, 10, 1] },
  },
  'food-poisoning': {
    rule: city('食物中毒', 'Food poisoning'),
    limits: { poisoned: [null, null, 100, 30], dead: [null, 10, 1, null] },
  },
  epidemic: { rule: city('传染病疫情', 'Infectious disease'), limits: { counties: [null, 2, 1, 0] } },
  gathering: { rule: city('群体性事件', 'Crowd events'), limits: { gathered: [5000, 1000, 200, 30] } },
  waterlogging: {
    rule: city('城市内涝', 'Waterlogging'),
    limits: {
      roadsOver50cm: [10, 6, null, null],
      roadsOver30cm: [null, null, 3, null],
      pointsOver15cm: [null, null, null, 1],
    },
  },
  cyber: { rule: city('网络安全', 'Network security'), limits: { counties: [null, 2, null, 1] } },
  opinion: { rule: city('舆情', 'Public opinion'), limits: { gathered: [5000, 1000, 200, 30] } },
  service: { rule: city('民生诉求', 'Service requests'), limits: {} },
};

/** The gravest first, as the limits are ordered. */
export const gradeOrder: readonly Grade[] = ['I', 'II', 'III', 'IV'];
