import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

const MINUTE_MS = 60_000;

export default defineIndicator({
  slug: 'alarm-arrival-min',
  version: 1,
  title: { zh: '出警到场时长', en: 'Time to arrive at 110 calls' },
  unit: { zh: '分钟', en: 'min' },
  sign: 'public-security',
  key: true,
  direction: 'down',
  limits: limitsFrom2024([8, 12, 15], { best: 0, worst: 30 }),
  periodS: 3600,
  inputs: [emergencyCall],
  formula: {
    zh: '当前处于“到场”状态的110警情，到场时间减接警时间的中位数；已结束的不再计入，城区与农村未分开。',
    en: 'Median of arrival − acceptance of the 110 calls that are at "arrived" now; closed ones no longer count, town and country are not told apart.',
  },
  systems: ['smart-police'],
  granularity: 'county',
  aggregate: 'MED',
  evaluate(view) {
    const table = view.table(emergencyCall);
    const [channel, status] = [table.column('channel'), table.column('status')];
    const acceptedAt = table.column('acceptedAt');
    const visit = (slot: number, region: number): boolean => {
      const took = ((table.validAt[slot] as number) - acceptedAt.get(slot)) / MINUTE_MS;
      if (!(took >= 0)) return false;
      view.sample(region, took);
      return true;
    };
    view.scan(emergencyCall, visit, {
      wants: (slot) => channel.get(slot) === '110' && status.get(slot) === 'arrived',
    });
  },
});
