import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

const DAY_MS = 86_400_000;

export default defineIndicator({
  slug: 'fire-alarms-daily',
  version: 1,
  title: { zh: '火警起数', en: 'Fire calls in 24 h' },
  unit: { zh: '起/日', en: '/day' },
  sign: 'public-security',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([6, 10, 16], { best: 0 }),
  periodS: 300,
  inputs: [emergencyCall],
  formula: { zh: '最近24小时接到的119警情数。', en: 'Calls to 119 accepted in the last 24 h.' },
  systems: ['smart-fire'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(emergencyCall);
    const [channel, acceptedAt] = [table.column('channel'), table.column('acceptedAt')];
    view.scan(emergencyCall, (slot, region) => {
      const at = acceptedAt.get(slot);
      if (channel.get(slot) === null || Number.isNaN(at)) return false;
      if (channel.get(slot) === '119' && view.now - at <= DAY_MS) view.add(region, 1);
      return true;
    });
  },
});
