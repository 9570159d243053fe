// The advice out of the score of one town: by level, or everybody from orange on; by night and in rain that grows the latter.
import type { Title } from '../../../contracts/column.ts';
import type { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { AdviceSaid } from '../../../contracts/records/advice.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import type { SlopeFacts } from './decision.ts';

export interface SlopeCase {
  readonly row: Row<(typeof geohazardScore)['columns']>;
  readonly now: number;
}

type View = DecisionView<SlopeFacts>;
type Said = AdviceSaid['options'][number];

/** Rain is measured each five minutes and the score follows, ms. */
const VALID_MS = 60 * 60_000;
const STALE_MS = 30 * 60_000;
/** Nobody looks at a slope in the dark: people leave before. */
const NIGHT = { from: 20, to: 6 } as const;
/** So much of three hours' rain fell in the last one: it grows. */
const GROWING = 0.4;

const words = (zh: string, en: string): Title => ({ zh, en });
const METHOD = words('雨强历时阈值与有效雨量', 'intensity, duration and effective rain');
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

export function adviceOf(view: View, given: SlopeCase): AdviceSaid {
  const { row, now } = given;
  const { values } = row;
  const name = values.name ?? row.key;
  const options = optionsOf(view, given);
  const { option, why } = advisedOf(view, given);
  return {
    question: words(
      `${name}：哪些隐患点的群众现在要转移？`,
      `${name}: from which points do people move now?`,
    ),
    place: {
      id: row.key,
      title: words(name, name),
      position: values.position as [number, number] | null,
      region: row.regionCode,
    },
    findings: findingsOf(given),
    exposure: exposureOf(given),
    options,
    confidence: confidenceOf(given),
    advised: { option, why },
    clause: view.facts.clause,
    validUntil: now + VALID_MS,
    gaps: gapsOf(given),
  };
}

function findingsOf({ row: { values } }: SlopeCase): AdviceSaid['findings'] {
  return [
    { title: words('风险指数', 'Score'), value: round(values.score ?? 0, 2), unit: '1', method: METHOD },
    {
      title: words(
        `雨强阈值比（${values.durationH ?? 0} h）`,
        `Rain over threshold (${values.durationH ?? 0} h)`,
      ),
      ...{ value: round(values.ratio ?? 0, 2), unit: '1', method: METHOD },
    },
    {
      title: words('3 小时雨量', 'Rain of 3 h'),
      ...{ value: values.rain3hMm, unit: 'mm', method: words('雨量站实测', 'measured') },
    },
    {
      title: words('有效雨量', 'Effective rain'),
      ...{ value: round(values.effectiveMm ?? 0, 1), unit: 'mm', method: METHOD },
    },
  ];
}

function exposureOf({ row: { values } }: SlopeCase): AdviceSaid['exposure'] {
  const basis = words('隐患点台账（示意）', 'register of hazard points (schematic)');
  const of = (word: Title, people: number | null): AdviceSaid['exposure'] =>
    people === null || people === 0
      ? []
      : [{ title: word, people, range: [Math.round(people * 0.8), Math.round(people * 1.2)], basis }];
  return [
    ...of(words('红色点', 'at red points'), values.movePeople),
    ...of(words('橙色点', 'at orange points'), values.preparePeople),
    ...of(words('全部隐患点', 'at all points'), values.people),
  ];
}

function optionsOf(view: View, given: SlopeCase): Said[] {
  const { values } = given.row;
  const [move, prepare] = [values.movePeople ?? 0, values.preparePeople ?? 0];
  const byLevel: Said = {
    id: 'by-level',
    title: words(
      '按级别：红转移、橙准备、蓝黄巡查',
      'By level: red moves, orange prepares, the rest is patrolled',
    ),
    facts: factsOf({ moved: move, left: prepare }),
    tasks: tasksOf(view, given, { moved: move, prepared: prepare }),
  };
  if (prepare === 0) return [byLevel];
  return [
    byLevel,
    {
      id: 'orange-too',
      title: words('橙色点一并提前转移', 'Orange points move as well'),
      facts: factsOf({ moved: move + prepare, left: 0 }),
      tasks: tasksOf(view, given, { moved: move + prepare, prepared: 0 }),
    },
  ];
}

function factsOf({ moved, left }: { readonly moved: number; readonly left: number }): Said['facts'] {
  return [
    { kind: 'people', text: words('立即转移', 'move now'), value: moved, unit: 'person' },
    { kind: 'people', text: words('留在橙色点', 'stay at orange points'), value: left, unit: 'person' },
    {
      kind: 'authority',
      text: words('乡镇可先行转移，同时报县', 'the town moves people at once and tells the county'),
      ...{ value: null, unit: '1' },
    },
  ];
}

function tasksOf(
  view: View,
  { row }: SlopeCase,
  { moved, prepared }: { readonly moved: number; readonly prepared: number },
): Said['tasks'] {
  const { values } = row;
  const name = values.name ?? row.key;
  const position = values.position as [number, number] | null;
  const unit = `town:${row.key}`;
  const worst = (values.worst ?? []).slice(0, 3).join('、');
  const move = `${name}立即转移隐患点群众 ${moved} 人（台账），路线避开沟道；先转移 ${worst}`;
  const prepare = `${name}橙色隐患点 ${prepared} 人做好转移准备，叫应到户`;
  return [
    ...(moved > 0 ? [{ unit, text: move, position, withinS: 7200 }] : []),
    ...(prepared > 0 ? [{ unit, text: prepare, position, withinS: 1800 }] : []),
    {
      unit,
      text: `${name} ${values.patrolPoints ?? 0} 处隐患点加密巡查，每小时一报，夜间不进沟`,
      ...{ position, withinS: 3600 },
    },
    {
      unit: view.facts.units.experts,
      text: `派技术人员赴${name}核查${worst}`,
      ...{ position, withinS: 7200 },
    },
  ];
}

function advisedOf(view: View, { row: { values }, now }: SlopeCase): AdviceSaid['advised'] {
  const { hour } = view.local(now);
  const isNight = hour >= NIGHT.from || hour < NIGHT.to;
  const isGrowing = (values.rain1hMm ?? 0) > GROWING * (values.rain3hMm ?? Infinity);
  const prepare = values.preparePeople ?? 0;
  const score = round(values.score ?? 0, 2);
  if (prepare > 0 && isNight && isGrowing)
    return {
      option: 'orange-too',
      why: words(
        `指数 ${score}，夜间且雨势增强：橙色点 ${prepare} 人天黑前看不清坡体，提前避让`,
        `score ${score}, by night with rain that grows: ${prepare} people at orange points leave before they must`,
      ),
    };
  if ((values.patrolPoints ?? 0) === 0)
    return { option: null, why: words(`指数 ${score}，未达蓝色`, `score ${score}: below blue`) };
  return {
    option: 'by-level',
    why: words(
      `指数 ${score}：立即转移 ${values.movePeople ?? 0} 人，准备转移 ${prepare} 人，巡查 ${values.patrolPoints ?? 0} 处`,
      `score ${score}: ${values.movePeople ?? 0} people move, ${prepare} prepare, ${values.patrolPoints ?? 0} points are patrolled`,
    ),
  };
}

const isPartial = ({ row: { values } }: SlopeCase): boolean => values.effectiveFrom === 'rain-of-a-day';

function confidenceOf(given: SlopeCase): AdviceSaid['confidence'] {
  const reasons = [words('区域统计阈值，起评 0.7', 'regional statistics: 0.7 to begin with')];
  let value = 0.7;
  if (isPartial(given)) {
    value -= 0.2;
    reasons.push(words('前期雨量缺，指数偏低', 'the days before are not known: the score is too low'));
  }
  if (given.now - given.row.validAt > STALE_MS) {
    value -= 0.2;
    reasons.push(words('雨量超过 30 分钟未更新', 'the rain is older than 30 min'));
  }
  return { value: Math.round(value * 100) / 100, reasons };
}

function gapsOf(given: SlopeCase): AdviceSaid['gaps'] {
  if (!isPartial(given)) return [];
  return [
    {
      ...{ layer: 'rain-gauge', kind: 'missing', what: words('前期雨量', 'rain of the days before') },
      used: words('仅用 24 小时雨量，指数偏低', 'the rain of 24 h alone: the score is too low'),
    },
  ];
}
