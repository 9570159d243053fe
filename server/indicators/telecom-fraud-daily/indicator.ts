import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

const DAY_MS = 86_400_000;
/** Names of the kind in use: 电信诈骗, 电信网络诈骗, 网络诈骗, 电诈. */
const FRAUD = /电信(网络)?诈骗|网络诈骗|电诈/;

export default defineIndicator({
  slug: 'telecom-fraud-daily',
  version: 1,
  title: { zh: '电诈警情', en: 'Telecom fraud calls' },
  unit: { zh: '起/日', en: '/day' },
  sign: 'public-security',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([6, 10, 15], { best: 0 }),
  periodS: 3600,
  inputs: [emergencyCall],
  formula: {
    zh: '最近24小时接到、类别为电信诈骗或网络诈骗的110警情数；没有类别的110警情不可用。',
    en: 'Calls to 110 accepted in the last 24 h whose kind is fraud by telephone or network; calls to 110 without a kind are not usable.',
  },
  systems: ['smart-police'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(emergencyCall);
    const [channel, kind] = [table.column('channel'), table.column('kind')];
    const acceptedAt = table.column('acceptedAt');
    const visit = (slot: number, region: number): boolean => {
      const name = kind.get(slot);
      const at = acceptedAt.get(slot);
      if (name === null || Number.isNaN(at)) return false;
      if (view.now - at <= DAY_MS && FRAUD.test(name)) view.add(region, 1);
      return true;
    };
    view.scan(emergencyCall, visit, { wants: (slot) => channel.get(slot) === '110' });
  },
});
