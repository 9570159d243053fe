// Gas plume: shelter or leave, who isolates, from where to approach; out of the zones that are followed tick by tick.
import { z } from 'zod';
import { exposure } from '../../../contracts/layers/exposure.ts';
import { plume } from '../../../contracts/layers/plume.ts';
import { title } from '../../../contracts/declare.ts';
import { DecisionFault, defineDecision } from '../../kit/define-decision.ts';
import { adviceOf } from './advise.ts';
import { plumeMethod, plumeValidity } from './model.ts';

const unit = z.string().regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/);
/** Who does what in a city. */
export const gasFacts = z.strictObject({
  units: z.strictObject({
    isolate: unit,
    rescue: unit,
    people: unit,
    schools: unit,
    medical: unit,
    monitor: unit,
  }),
  clause: z.string().max(200).default(''),
});
export type GasFactsOfCity = z.output<typeof gasFacts>;

const params = z.strictObject({
  /** Key of the plume; absent: the one that holds most people. */
  plume: z.string().min(1).max(80).optional(),
});

export default defineDecision({
  slug: 'gas-plume',
  title: title('气体扩散与避险', 'Gas plume: shelter or leave'),
  question: title(
    '谁要避险，就地还是转移，从哪里接近？',
    'Who takes shelter, who leaves, from where to approach?',
  ),
  kinds: ['hazmat', 'gas-leak'],
  inputs: [
    { layer: plume, needed: true, staleS: 600, title: title('扩散范围', 'zones of the plume') },
    { layer: exposure, needed: false, staleS: 900, title: title('区域内人口', 'people in the zones') },
  ],
  stations: [],
  params,
  facts: gasFacts,
  writes: [],
  method: plumeMethod,
  validity: plumeValidity,
  uncertainty: title(
    '浓度误差可达 2 倍，距离约 ±50%；人口 ±20%；速率多为假定',
    'Concentrations within a factor of 2, distances about ±50 %; people ±20 %; the release is mostly assumed',
  ),
  source: title(
    'Pasquill–Gifford–Briggs（1973）；US EPA AEGL；ERG 2020；室内避险与转移的时间比较',
    'Pasquill–Gifford–Briggs (1973); US EPA AEGL; ERG 2020; time to leave against time of arrival',
  ),
  expectedS: 1,
  limitS: 10,
  assess(view, asked, now) {
    const rows = view.rows(plume).filter(({ values }) => values.state === 'computed');
    const most = [...rows].sort((a, b) => (b.values.peopleZone ?? 0) - (a.values.peopleZone ?? 0));
    const row = asked.plume === undefined ? most[0] : rows.find(({ key }) => key === asked.plume);
    if (!row)
      throw new DecisionFault(
        '没有可用的扩散范围：先设定泄漏点，或附近没有风',
        'No plume is computed: set a source first, or no wind is known near',
      );
    const people = view.rows(exposure).find(({ key }) => key === `plume/${row.key}`) ?? null;
    view.cite(plume, row);
    if (people) view.cite(exposure, people);
    return adviceOf(view, { row, people, now });
  },
});
