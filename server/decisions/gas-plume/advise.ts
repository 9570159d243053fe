// The advice out of one plume: shelter in place or leave, compared by the time both take, and the tasks of each.
import type { Geometry, LonLat, Title } from '../../../contracts/column.ts';
import type { exposure } from '../../../contracts/layers/exposure.ts';
import type { plume } from '../../../contracts/layers/plume.ts';
import type { Row } from '../../../contracts/layer.ts';
import type { AdviceSaid } from '../../../contracts/records/advice.ts';
import type { DecisionView } from '../../kit/define-decision.ts';
import type { GasFactsOfCity } from './decision.ts';
import { placeAt } from './outline.ts';

export interface PlumeCase {
  readonly row: Row<(typeof plume)['columns']>;
  /** null: nobody counted. */
  readonly people: Row<(typeof exposure)['columns']> | null;
  readonly now: number;
}

type View = DecisionView<GasFactsOfCity>;
type Said = AdviceSaid['options'][number];
type Task = Said['tasks'][number];

/** The zones follow the wind: nobody acts on older ones, ms. */
const VALID_MS = 10 * 60_000;
/** Nearer than this people leave across the wind whatever else is decided, m. */
const LEAVE_WITHIN_M = 200;
/** Until people know and are ready, the middle of what evacuations took: 20 and 40 minutes, s. */
const WARN_S = 1200;
const PREPARE_S = 2400;
/** A group on foot, m/s. */
const WALK_MS = 1.2;
/** Where those who help gather: upwind, beyond the circle of isolation, m. */
const STAGE_MARGIN_M = 350;
const WIND_OLD_MS = 10 * 60_000;

const words = (zh: string, en: string): Title => ({ zh, en });
const METHOD = words('高斯烟羽，AEGL 60 分钟', 'Gaussian plume, AEGL 60 min');
const whole = (value: number | null): number => Math.round(value ?? 0);

interface Times {
  /** Until the cloud is at the end of the zone, s. */
  readonly arrivalS: number;
  /** Until the last ones are out of it on foot, across the wind, s. */
  readonly leaveS: number;
}

export function timesOf({ values }: PlumeCase['row']): Times {
  const zoneM = Math.max(values.protectiveM ?? 0, values.aegl2M ?? 0);
  const windMs = Math.max(0.5, values.windMs ?? 0.5);
  return { arrivalS: zoneM / windMs, leaveS: WARN_S + PREPARE_S + zoneM / 2 / WALK_MS };
}

export function adviceOf(view: View, given: PlumeCase): AdviceSaid {
  const { row, now } = given;
  const { values } = row;
  const times = timesOf(row);
  const shelters = times.leaveS > times.arrivalS;
  const name = values.title ?? '';
  return {
    question: words(`${name}：谁要避险，就地还是转移？`, `${name}: who takes shelter, who leaves?`),
    place: {
      id: row.key,
      title: words(name, name),
      position: values.position as [number, number] | null,
      region: row.regionCode,
    },
    findings: findingsOf(given),
    exposure: exposureOf(given),
    options: [shelterOption(view, given, times), leaveOption(view, given, times)],
    confidence: confidenceOf(given),
    advised: { option: shelters ? 'shelter' : 'leave', why: whyOf(times, shelters) },
    clause: view.facts.clause,
    shapes: shapesOf(given),
    validUntil: now + VALID_MS,
    gaps: gapsOf(given),
  };
}

const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

const whyOf = ({ arrivalS, leaveS }: Times, shelters: boolean): Title =>
  shelters
    ? words(
        `云团约 ${minutes(arrivalS)} 分钟到防护区边缘，步行转移约需 ${minutes(leaveS)} 分钟：${LEAVE_WITHIN_M} m 以外关窗就地避险，以内横风向撤离`,
        `the cloud is at the edge of the zone in about ${minutes(arrivalS)} min, leaving on foot takes about ${minutes(leaveS)}: shelter beyond ${LEAVE_WITHIN_M} m, leave across the wind within`,
      )
    : words(
        `步行转移约 ${minutes(leaveS)} 分钟，早于云团到达（${minutes(arrivalS)} 分钟）`,
        `leaving on foot takes about ${minutes(leaveS)} min, the cloud needs ${minutes(arrivalS)}`,
      );

function findingsOf({ row: { values } }: PlumeCase): AdviceSaid['findings'] {
  const reach = (word: string, value: number | null) =>
    value === null
      ? []
      : [
          {
            title: words(`${word} 距离`, `${word} reaches`),
            value: whole(value),
            unit: 'm' as const,
            method: METHOD,
          },
        ];
  return [
    ...reach('AEGL-3', values.aegl3M),
    ...reach('AEGL-2', values.aegl2M),
    ...reach('AEGL-1', values.aegl1M),
    {
      title: words('吹向', 'Towards'),
      ...{ value: values.towardDeg, unit: 'degree', method: METHOD },
    },
  ];
}

function exposureOf({ row: { values }, people }: PlumeCase): AdviceSaid['exposure'] {
  const basis = words('乡镇常住人口网格与时段系数', 'residents on a grid, by the hour');
  const of = (word: Title, count: number | null): AdviceSaid['exposure'] =>
    count === null
      ? []
      : [{ title: word, people: count, range: [whole(count * 0.8), whole(count * 1.2)], basis }];
  return [
    ...of(words('防护区及扩散范围内', 'in all zones'), people?.values.people ?? null),
    ...of(words('初始防护区内', 'in the first zone'), values.peopleZone),
    ...of(words('AEGL-2（致伤）内', 'within AEGL-2 (injury)'), values.people2),
    ...of(words('AEGL-3（致命）内', 'within AEGL-3 (danger to life)'), values.people3),
  ];
}

function shelterOption(view: View, given: PlumeCase, times: Times): Said {
  const zone = whole(given.row.values.peopleZone);
  const tooLate = times.arrivalS < WARN_S;
  return {
    id: 'shelter',
    title: words('就地避险，近源撤离', 'Shelter in place, leave near the source'),
    facts: [
      {
        kind: 'people',
        text: words(
          `关闭门窗就地避险，${LEAVE_WITHIN_M} m 内横风向撤离`,
          `indoors, windows shut; within ${LEAVE_WITHIN_M} m leave across the wind`,
        ),
        ...{ value: zone, unit: 'person' },
      },
      {
        kind: 'place',
        text: words('云团到防护区边缘', 'cloud at the edge of the zone'),
        ...{ value: whole(times.arrivalS), unit: 's' },
        violates: tooLate ? words('早于通知到户', 'before everybody is told') : null,
      },
      {
        kind: 'authority',
        text: words('事发地指挥部可定', 'the command on the spot decides'),
        value: null,
        unit: '1',
      },
    ],
    tasks: [...commonTasks(view, given), ...shelterTasks(view, given)],
  };
}

function leaveOption(view: View, given: PlumeCase, times: Times): Said {
  const { values } = given.row;
  const [across] = [values.position];
  return {
    id: 'leave',
    title: words('防护区全部转移', 'Everybody leaves the first zone'),
    facts: [
      {
        kind: 'people',
        text: words('横风向步行转移', 'on foot across the wind'),
        ...{ value: whole(values.peopleZone), unit: 'person' },
      },
      {
        kind: 'place',
        text: words('通知、准备、步行合计（中值）', 'told, ready and out (median)'),
        ...{ value: whole(times.leaveS), unit: 's' },
        violates: times.leaveS > times.arrivalS ? words('晚于云团到达', 'later than the cloud') : null,
      },
      {
        kind: 'authority',
        text: words('转移由县级以上政府决定', 'ordered by county government or above'),
        value: null,
        unit: '1',
      },
    ],
    tasks: [
      ...commonTasks(view, given),
      {
        unit: view.facts.units.people,
        text: `组织${values.title ?? ''}下风向 ${whole(values.protectiveM)} m 防护区约 ${whole(values.peopleZone)} 人（估算）横风向撤离，清点并报告`,
        position: across as [number, number] | null,
        withinS: 3600,
      },
    ],
  };
}

/** Isolate, approach upwind, measure, be ready for the hurt: whatever else is decided. */
function commonTasks({ facts: { units } }: View, { row: { values } }: PlumeCase): Task[] {
  const at = values.position;
  const from = values.windFromDeg ?? 0;
  const isolation = whole(values.isolationM);
  const stage = at && placeAt(at, [isolation + STAGE_MARGIN_M, 0], from);
  const downwind = at && placeAt(at, [whole(values.aegl2M), 0], values.towardDeg ?? 0);
  const spot = (place: LonLat | null) => (place ? ([...place] as [number, number]) : null);
  return [
    {
      unit: units.isolate,
      text: `以泄漏点为中心半径 ${isolation} m 封控，下风向 ${whole(values.protectiveM)} m 禁止进入`,
      ...{ position: spot(at), withinS: 300 },
    },
    {
      unit: units.rescue,
      text: `从上风向（${whole(from)}°）接近，集结点在泄漏点上风向 ${isolation + STAGE_MARGIN_M} m，不得穿越下风向`,
      ...{ position: spot(stage), withinS: 600 },
    },
    {
      unit: units.monitor,
      text: `在下风向 ${whole(values.aegl2M)} m 处监测${values.gas ?? '气体'}浓度，与推演对照，每 5 分钟一报`,
      ...{ position: spot(downwind), withinS: 900 },
    },
    {
      unit: units.medical,
      text: `准备接收吸入伤员，AEGL-2 范围内约 ${whole(values.people2)} 人（估算）`,
      ...{ position: null, withinS: 900 },
    },
  ];
}

function shelterTasks({ facts: { units } }: View, { row: { values }, people }: PlumeCase): Task[] {
  const at = values.position as [number, number] | null;
  const told: Task = {
    unit: units.people,
    text: `通知下风向 ${whole(values.protectiveM)} m 内约 ${whole(values.peopleZone)} 人（估算）关闭门窗、停用通风就地避险；${LEAVE_WITHIN_M} m 内横风向撤离`,
    ...{ position: at, withinS: 600 },
  };
  const schools = people?.values.schools ?? 0;
  if (schools === 0) return [told];
  return [
    told,
    {
      unit: units.schools,
      text: `范围内 ${schools} 所学校（含幼儿园）关闭门窗，学生留在室内并回报人数`,
      ...{ position: at, withinS: 300 },
    },
  ];
}

function confidenceOf({ row: { values }, now }: PlumeCase): AdviceSaid['confidence'] {
  let value = 0.7;
  const reasons = [
    words('平坦地形稳定泄漏模型，起评 0.7', 'a model for flat ground and a steady leak: 0.7 to begin with'),
  ];
  const less = (by: number, why: Title): void => {
    value -= by;
    reasons.push(why);
  };
  if (values.rateFrom === 'assumed') less(0.15, words('泄漏速率为假定', 'the release is assumed'));
  if ((values.swingDeg ?? 0) > 0) less(0.1, words('风小，方向不定', 'a light wind that may turn'));
  if (now - (values.windAt ?? now) > WIND_OLD_MS)
    less(0.1, words('风的观测超过 10 分钟', 'the wind is older than 10 min'));
  return { value: Math.max(0.2, Math.round(value * 100) / 100), reasons };
}

function gapsOf({ row: { values }, people }: PlumeCase): AdviceSaid['gaps'] {
  const rate: NonNullable<AdviceSaid['gaps']> =
    values.rateFrom === 'assumed'
      ? [
          {
            ...{ layer: 'plume', kind: 'missing', what: words('泄漏速率', 'rate of the release') },
            used: words(`假定 ${values.rateKgS ?? 0} kg/s`, `assumed ${values.rateKgS ?? 0} kg/s`),
          },
        ]
      : [];
  if (people) return rate;
  return [
    ...rate,
    {
      ...{ layer: 'exposure', kind: 'missing', what: words('区域内人口', 'people in the zones') },
      used: words('仅用初始防护区人数', 'those of the first zone alone'),
    },
  ];
}

function shapesOf({ row: { values } }: PlumeCase): AdviceSaid['shapes'] {
  const zones: readonly (readonly [kind: string, word: Title, area: Geometry | null])[] = [
    ['first-zone', words('初始防护区', 'First zone'), values.firstZone],
    ['aegl-1', words('AEGL-1', 'AEGL-1'), values.aegl1],
    ['aegl-2', words('AEGL-2', 'AEGL-2'), values.aegl2],
    ['aegl-3', words('AEGL-3', 'AEGL-3'), values.aegl3],
  ];
  return zones.flatMap(([kind, word, area]) => {
    if (area?.type !== 'Polygon') return [];
    const coordinates = area.coordinates.map((ring) =>
      ring.map(([lon, lat]): [number, number] => [lon, lat]),
    );
    return [{ title: word, option: '', class: kind, geometry: { type: 'Polygon' as const, coordinates } }];
  });
}
