import { title } from '../../../contracts/declare.ts';
import type { Firing, ListedRule, Trial } from '../../stores/alert-rules.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { refusalOf, type Refusal } from '../../stores/operations.ts';
import { defineFixture } from '../panel.ts';
import RuleTrial from './RuleTrial.vue';

const HOUR = 3_600_000;
const rule: ListedRule = {
  ...{ id: 'river', name: title('河道水位超过警戒', 'River over its warning level'), layer: 'river-gauge' },
  ...{ toDo: title('通知属地巡堤', 'Tell the county'), basis: '甲县防汛预案', enabled: true },
};
const firing: Firing = {
  ...{ at: FIXTURE_NOW - 9 * HOUR, until: FIXTURE_NOW - 7 * HOUR, severity: 'yellow', layer: 'river-gauge' },
  ...{ key: 'g1', title: title('甲江丙站超警戒 0.12', 'C on A: 0.12 over') },
};
const trial: Trial = {
  ...{ rule: 'river', from: FIXTURE_NOW - 24 * HOUR, to: FIXTURE_NOW, isComplete: true, fired: 2, perDay: 2 },
  ...{ band: 'acceptable', longestMs: 2 * HOUR, bySeverity: { yellow: 1, orange: 1 }, absent: [] },
  firings: [firing, { ...firing, at: FIXTURE_NOW - HOUR, until: null, severity: 'orange' }],
};
const off = { rule: 'river', on: false, reason: '误报太多', by: '甲', at: FIXTURE_NOW - HOUR };

interface Drawn {
  readonly rules?: readonly ListedRule[] | null;
  readonly trial?: Trial | null;
  readonly refusal?: Refusal | null;
  readonly trying?: boolean;
}
const propsOf = ({ rules = [rule], trial: drawn = trial, refusal = null, trying = false }: Drawn) => ({
  ...{ rules, refusal, trying, trial: drawn, switches: [], problems: [], maySwitch: true },
  ...{ locale: 'zh', now: FIXTURE_NOW, timeZone: 'Asia/Shanghai', turn: () => Promise.resolve(true) },
});
const own = title('规则是本系统的，不依赖来源', 'Rules are our own: no source can be late');

export const fixture = defineFixture({
  view: RuleTrial,
  props: (state) => {
    if (state === 'down') return propsOf({ refusal: refusalOf(0, ''), trial: null });
    return propsOf({ trial: state === 'empty' ? { ...trial, fired: 0, perDay: 0, firings: [] } : trial });
  },
  never: { late: own, stale: own, off: own },
  more: {
    waiting: () => propsOf({ rules: null, trial: null }),
    trying: () => propsOf({ trial: null, trying: true }),
    partial: () => propsOf({ trial: { ...trial, isComplete: false, absent: ['river-gauge'] } }),
    switched: () => ({ ...propsOf({ rules: [{ ...rule, enabled: false }], trial: null }), switches: [off] }),
    forbidden: () => propsOf({ rules: null, trial: null, refusal: refusalOf(403, '') }),
  },
});
