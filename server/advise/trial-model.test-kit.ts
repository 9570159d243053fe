// A model that does what its parameters say, for tests of the desk: it answers, fails, never ends, or answers nonsense.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { levelForecast } from '../../contracts/layers/level-forecast.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import { DecisionFault, defineDecision } from '../kit/define-decision.ts';

export default defineDecision({
  slug: 'trial',
  title: title('试验模型', 'Trial model'),
  question: title('涨到多高？', 'How high?'),
  kinds: ['flood'],
  inputs: [
    {
      ...{ layer: riverGauge, needed: true, staleS: 1200, title: title('水位', 'levels') },
      trail: { columns: ['levelM'], hours: 1 },
    },
  ],
  stations: [],
  params: z.strictObject({
    does: z.enum(['answer', 'fault', 'throw', 'spin', 'nonsense', 'foreign']).default('answer'),
    rise: z.number().max(100).default(1),
  }),
  facts: z.strictObject({ region: z.string() }),
  writes: [levelForecast],
  ...{
    method: title('加法', 'addition'),
    validity: title('试验', 'trials'),
    uncertainty: title('无', 'none'),
  },
  source: title('试验', 'a trial'),
  ...{ expectedS: 2, limitS: 3 },
  assess(view, { does, rise }, now) {
    view.progress(0.5);
    if (does === 'fault') throw new DecisionFault('缺入流', 'there is no inflow');
    if (does === 'throw') throw new Error('a mistake');
    // A loop that ends with its thread alone.
    while (does === 'spin');
    const gauges = view.rows(riverGauge).map((row) => view.cite(riverGauge, row));
    const level = Math.max(...gauges.map(({ values }) => values.levelM ?? 0)) + rise;
    const words = title('站', 'gauge');
    return {
      question: title('涨到多高？', 'How high?'),
      place: { id: 'here', title: words, position: [105.7, 32.3], region: view.facts.region },
      findings: [{ title: words, value: level, unit: 'm', method: title('加法', 'addition') }],
      exposure: [],
      options: ['low', 'high'].map((id) => ({
        ...{ id, title: title(id, id) },
        facts: [{ kind: 'people' as const, text: words, value: 0, unit: 'person' as const }],
        tasks: [
          { unit: 'county:990001', text: `看住 ${id}`, withinS: 3600 },
          { unit: 'dept:nowhere', text: '没有这个单位', withinS: null },
        ],
      })),
      confidence: { value: does === 'nonsense' ? 7 : 0.5, reasons: [words] },
      advised: { option: 'low', why: words },
      branch: [
        {
          ...{
            layer: does === 'foreign' ? 'river-gauge' : 'level-forecast',
            id: 'low/g',
            validAt: now + 1000,
          },
          values: { name: '站', option: 'low', peakM: level },
        },
      ],
      validUntil: now + 3_600_000,
    };
  },
});
