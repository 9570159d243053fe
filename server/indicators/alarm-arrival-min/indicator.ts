import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { sampleArrivals } from '../standards/arrivals.ts';

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
  evaluate: (view) => sampleArrivals(view, '110'),
});
