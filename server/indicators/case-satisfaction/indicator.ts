import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

/** 5 very satisfied, 4 satisfied, 3 basically satisfied, 2 dissatisfied, 1 very dissatisfied. */
const SATISFIED = 3;

export default defineIndicator({
  slug: 'case-satisfaction',
  version: 1,
  title: { zh: '12345 满意率', en: '12345 satisfaction' },
  unit: { zh: '%', en: '%' },
  sign: 'public-service',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([92, 85, 75], { best: 100, worst: 0 }),
  periodS: 86_400,
  inputs: [ticket],
  formula: {
    zh: '30天内回访结果为满意或基本满意（3至5分）的工单数 / 有回访结果的工单数。',
    en: 'Tickets of the last 30 days rated satisfied or basically satisfied (3 to 5) / tickets with a rating.',
  },
  systems: ['network-governance'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const satisfaction = view.table(ticket).column('satisfaction');
    const visit = (slot: number, region: number): boolean => {
      view.add(region, satisfaction.get(slot) >= SATISFIED ? 1 : 0);
      return true;
    };
    // Tickets without a call-back are no answers.
    view.scan(ticket, visit, { wants: (slot) => !Number.isNaN(satisfaction.get(slot)) });
  },
});
