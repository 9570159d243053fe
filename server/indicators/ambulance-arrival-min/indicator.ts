import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { sampleArrivals } from '../standards/arrivals.ts';

export default defineIndicator({
  slug: 'ambulance-arrival-min',
  version: 1,
  title: { zh: '120 到达时长', en: 'Time to arrive at 120 calls' },
  unit: { zh: '分钟', en: 'min' },
  sign: 'public-service',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([12, 15, 20], { best: 0, worst: 40 }),
  periodS: 900,
  inputs: [emergencyCall],
  formula: {
    zh: '当前处于“到场”状态的120呼救，到场时间减接警时间的中位数；已结束的不再计入，城区与农村未分开。',
    en: 'Median of arrival − acceptance of the 120 calls that are at "arrived" now; closed ones no longer count, town and country are not told apart.',
  },
  systems: ['smart-health'],
  granularity: 'county',
  aggregate: 'MED',
  evaluate: (view) => sampleArrivals(view, '120'),
});
