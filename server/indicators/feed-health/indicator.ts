import { feedHealth } from '../../../contracts/layers/feed-health.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'feed-health',
  version: 1,
  title: { zh: '数据源健康率', en: 'Feeds in order' },
  unit: { zh: '%', en: '%' },
  sign: null,
  key: false,
  direction: 'up',
  limits: limitsFrom2024([97, 90, 80], { best: 100 }),
  periodS: 60,
  inputs: [feedHealth],
  formula: {
    zh: '状态为实时或静默的数据源数 / 已接入的数据源数（启动后尚在等首个数据的不计）；列出其余的。',
    en: 'Feeds that are live or quiet / feeds connected (not those still waiting for their first datum); the others are named.',
  },
  systems: ['leader-cockpit'],
  granularity: 'city',
  aggregate: 'RATE',
  evaluate(view) {
    const table = view.table(feedHealth);
    const [state, reason, name] = [table.column('state'), table.column('reason'), table.column('name')];
    const visit = (slot: number, region: number): boolean => {
      const code = state.get(slot);
      if (code === null) return false;
      const isWell = code === 'live' || code === 'quiet';
      view.add(region, isWell ? 1 : 0);
      if (!isWell) view.note(0, `${name.get(slot) ?? ''} ${feedHealth.columns.state.values[code].zh}`);
      return true;
    };
    view.scan(feedHealth, visit, {
      wants: (slot) => state.get(slot) !== 'off' && reason.get(slot) !== 'waiting_first',
    });
  },
});
