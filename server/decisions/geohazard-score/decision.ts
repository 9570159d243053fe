// Slopes of one town in the rain: who moves now, who prepares, what is patrolled.
import { z } from 'zod';
import { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import { title } from '../../../contracts/declare.ts';
import { DecisionFault, defineDecision } from '../../kit/define-decision.ts';
import { adviceOf } from './advise.ts';
import { geohazardMethod, geohazardValidity } from './score.ts';

const unit = z.string().regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/);
export const slopeFacts = z.strictObject({
  /** Who sends specialists to the points. */
  units: z.strictObject({ experts: unit }),
  clause: z.string().max(200).default(''),
});
export type SlopeFacts = z.output<typeof slopeFacts>;

const params = z.strictObject({
  /** Code of the town; absent: the one with the highest score. */
  town: z.string().min(1).max(20).optional(),
});

export default defineDecision({
  slug: 'geohazard-score',
  title: title('地灾气象风险与转移', 'Slopes in the rain: who moves'),
  question: title('哪些隐患点的群众现在要转移？', 'From which points do people move now?'),
  kinds: ['geo-hazard', 'flood'],
  inputs: [
    { layer: geohazardScore, needed: true, staleS: 1800, title: title('地灾气象风险', 'scores of towns') },
  ],
  stations: [],
  params,
  facts: slopeFacts,
  writes: [],
  method: geohazardMethod,
  validity: geohazardValidity,
  uncertainty: title(
    '区域阈值的命中与空报均常见，短时雷雨下雨量代表性误差可达 2 倍；人数为隐患点台账（示意）',
    'Hits and false alarms are both common with regional lines; in a thunderstorm a gauge is off by up to a factor of 2; people are those of the register (schematic)',
  ),
  source: title(
    'Caine（1980）；汶川震区泥石流雨强历时研究；前期有效雨量衰减 0.84',
    'Caine (1980); intensity and duration of debris flows in the Wenchuan area; effective rain at 0.84 a day',
  ),
  expectedS: 1,
  limitS: 10,
  assess(view, asked, now) {
    const rows = [...view.rows(geohazardScore)].sort((a, b) => (b.values.score ?? 0) - (a.values.score ?? 0));
    const row = asked.town === undefined ? rows[0] : rows.find(({ key }) => key === asked.town);
    if (!row)
      throw new DecisionFault(
        '该乡镇没有风险指数：附近没有雨量站在报，或没有雨',
        'The town has no score: no rain gauge speaks near, or it does not rain',
      );
    view.cite(geohazardScore, row);
    return adviceOf(view, { row, now });
  },
});
