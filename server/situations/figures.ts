// The figures of a situation report, counted out of the logs: each names the entries it comes from. Pure.
import type { Title } from '../../contracts/column.ts';
import { answerTitles } from '../../contracts/records/call.ts';
import { sumOfMoves } from '../../contracts/records/evacuation.ts';
import type { Fact, LogLine } from '../../contracts/records/incident.ts';
import { factTitles, verbTitles } from '../../contracts/records/incident.ts';
import type { Order } from '../../contracts/records/order.ts';
import { isOrderOpen, nudgeTitles, orderVerbTitles } from '../../contracts/records/order.ts';
import type { CitedEntry, SituationFigure, SituationSection } from '../../contracts/records/situation.ts';
import type { Task } from '../../contracts/records/task.ts';
import { isMove, isTaskOverdue, TASK_PREFIX, taskEntryTitle } from '../../contracts/records/task.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { SituationMatter } from './port.ts';

type Figure = Omit<SituationFigure, 'before'>;

const say = (zh: string, en: string): Title => ({ zh, en });
const MINUTE_MS = 60_000;

/** `before`: of the issue before, by id. */
export function sectionsOf(
  matter: SituationMatter,
  before: ReadonlyMap<string, number>,
): readonly SituationSection[] {
  const sections: readonly (readonly [Title, readonly Figure[]])[] = [
    [say('灾情与事件', 'The incident'), ofIncident(matter)],
    [say('指令', 'Orders'), ofOrders(matter)],
    [say('任务', 'Tasks'), ofTasks(matter)],
    [say('转移安置', 'Evacuation'), ofMoves(matter)],
    [say('通信与点名', 'Calls'), ofCalls(matter)],
    [say('预警与方案', 'Warnings and options'), ofWarnings(matter)],
  ];
  return sections
    .filter(([, figures]) => figures.length > 0)
    .map(([title, figures]) => ({
      title,
      figures: figures.map((one) => ({ ...one, before: before.get(one.id) ?? null })),
    }));
}

/** What people said of it, each with the entry that said it last. */
function ofIncident({ incident }: SituationMatter): Figure[] {
  const { facts, log } = incident;
  const said = Object.entries(facts) as [Fact, number][];
  return said.map(([fact, value]) => {
    const line = log.findLast(
      (one) => (one.said['facts'] as Record<string, number> | undefined)?.[fact] === value,
    );
    return {
      ...{ id: `fact.${fact}`, title: factTitles[fact], value, rows: [] },
      entries: line ? [line.seq] : [log[0]?.seq ?? incident.id],
    };
  });
}

const counted = (id: string, title: Title, seqs: readonly number[]): Figure => ({
  ...{ id, title, value: seqs.length, entries: seqs, rows: [] },
});

function ofOrders({ orders }: SituationMatter): Figure[] {
  if (orders.length === 0) return [];
  const seqsOf = (
    verb: Order['log'][number]['verb'],
    which: (order: Order) => boolean = () => true,
  ): number[] => orders.filter(which).flatMap(({ log }) => log.find((line) => line.verb === verb)?.seq ?? []);
  const answered = orders.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  return [
    counted(
      'orders.issued',
      say('下达', 'Given'),
      orders.map(({ issue }) => issue),
    ),
    counted('orders.acknowledged', say('已签收', 'Acknowledged'), seqsOf('acknowledge')),
    counted('orders.done', say('已完成', 'Done'), seqsOf('finish')),
    counted('orders.refused', say('被拒绝', 'Refused'), seqsOf('refuse')),
    counted('orders.escalated', say('升级督促', 'Taken up the line'), seqsOf('escalate')),
    counted(
      'orders.open',
      say('未结束', 'Open'),
      orders.filter(isOrderOpen).map(({ issue }) => issue),
    ),
    ...(answered.length === 0
      ? []
      : [
          {
            ...{ id: 'orders.ackMin', title: say('签收用时中位数（分钟）', 'Median minutes to acknowledge') },
            value: median(answered.map((one) => ((one.acknowledgedAt ?? 0) - one.givenAt) / MINUTE_MS)),
            ...{ entries: seqsOf('acknowledge'), rows: [] },
          },
        ]),
  ];
}

/** Of at least one; rounded to a tenth. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[half - 1] ?? 0, sorted[half] ?? 0];
  const found = sorted.length % 2 === 1 ? high : (low + high) / 2;
  return Math.round(found * 10) / 10;
}

function ofTasks({ incident, now }: SituationMatter): Figure[] {
  const { tasks } = incident;
  if (tasks.length === 0) return [];
  const idsOf = (which: (task: Task) => boolean): number[] => tasks.filter(which).map(({ seq }) => seq);
  return [
    counted(
      'tasks.given',
      say('下达任务', 'Given'),
      tasks.map(({ id }) => id),
    ),
    counted(
      'tasks.done',
      say('已反馈或验收', 'Reported or accepted'),
      idsOf(({ state }) => state === 'reported' || state === 'accepted'),
    ),
    counted(
      'tasks.overdue',
      say('超时未反馈', 'Overdue'),
      idsOf((task) => isTaskOverdue(task, now)),
    ),
  ];
}

/** Each with the entry that counted last. */
function ofMoves({ incident }: SituationMatter): Figure[] {
  const tasks = incident.tasks.filter((task) => isMove(task) && task.state !== 'withdrawn');
  if (tasks.length === 0) return [];
  const { toMove, moved, refused, percent } = sumOfMoves(tasks.flatMap(({ move = [] }) => move));
  const counts = tasks.flatMap(({ id }) => incident.log.findLast((line) => isCount(line, id))?.seq ?? id);
  const of = (id: string, named: Title, value: number): Figure => ({
    ...{ id: `moves.${id}`, title: named, value, entries: counts, rows: [] },
  });
  return [
    of('toMove', say('应转移（人）', 'To move (people)'), toMove),
    of('moved', say('已转移（人）', 'Moved (people)'), moved),
    of('refused', say('拒绝转移（人）', 'Refuse (people)'), refused),
    ...(percent === null ? [] : [of('percent', say('转移率（%）', 'Share moved (%)'), percent)]),
  ];
}

const isCount = ({ verb, said }: LogLine, task: number): boolean =>
  verb === `${TASK_PREFIX}progress` && said['task'] === task;

function ofCalls({ calls }: SituationMatter): Figure[] {
  if (calls.length === 0) return [];
  const members = calls.flatMap((call) => call.members.map((member) => ({ call, member })));
  const answered = members.filter(({ member }) => member.answer !== null);
  return [
    counted(
      'calls.made',
      say('呼叫', 'Calls made'),
      calls.map(({ id }) => id),
    ),
    {
      ...{ id: 'calls.units', title: say('呼叫单位', 'Units called'), value: members.length, rows: [] },
      entries: calls.map(({ id }) => id),
    },
    {
      ...{ id: 'calls.answered', title: say('已应答单位', 'Units that answered'), value: answered.length },
      ...{ entries: [...new Set(answered.map(({ call }) => call.seq))], rows: [] },
    },
  ];
}

function ofWarnings({ warnings, choices }: SituationMatter): Figure[] {
  return [
    {
      ...{ id: 'warnings.active', title: say('在途预警', 'Warnings in force'), value: warnings.length },
      ...{ entries: [], rows: warnings.map((key) => `${warning.slug}/${key}`) },
    },
    ...(choices.length === 0
      ? []
      : [
          counted(
            'options.chosen',
            say('方案选定', 'Choices made'),
            choices.map(({ id }) => id),
          ),
        ]),
  ];
}

/** The entries that figures name, and `more`, each once, by sequence. */
export function citedBy(
  sections: readonly SituationSection[],
  { incident, orders, calls, choices, acks, bookings, plans }: SituationMatter,
  more: readonly number[] = [],
): CitedEntry[] {
  const known = new Map<number, CitedEntry>();
  const add = (entry: CitedEntry): void => void known.set(entry.seq, entry);
  for (const line of incident.log)
    add({ seq: line.seq, what: whatOf(line.verb), by: line.by, at: line.knownAt });
  for (const { log } of orders)
    for (const { seq, verb, by, at } of log) add({ seq, what: orderWords[verb], by, at });
  for (const call of calls) {
    add({ seq: call.id, what: say('呼叫', 'Call'), by: call.by, at: call.at });
    const last = [...call.members].sort((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0))[0];
    if (last?.answeredAt)
      add({
        seq: call.seq,
        what: answerTitles[last.answer ?? 'here'],
        by: last.answeredBy,
        at: last.answeredAt,
      });
  }
  for (const { id, by, at } of choices) add({ seq: id, what: say('选定方案', 'Choice'), by, at });
  for (const { id, seq, at, answers } of acks) {
    add({ seq: id, what: say('请乡镇签收', 'Towns asked'), by: 'system', at });
    const last = answers.at(-1);
    if (last) add({ seq, what: say('乡镇签收', 'Towns acknowledged'), by: last.by, at: last.at });
  }
  for (const { id, seq, by, at, ended } of bookings) {
    add({ seq: id, what: say('调用资源', 'Resource called'), by, at });
    if (ended) add({ seq, what: say('归还资源', 'Resource returned'), by: ended.by, at: ended.at });
  }
  for (const {
    progress: { run },
  } of plans)
    add({ seq: run.id, what: say('启动预案', 'Plan started'), by: run.startedBy, at: run.startedAt });
  const named = sections.flatMap(({ figures }) => figures.flatMap(({ entries }) => entries));
  const wanted = new Set([...named, ...more]);
  return [...wanted].sort((a, b) => a - b).flatMap((seq) => known.get(seq) ?? []);
}

const orderWords: Readonly<Record<Order['log'][number]['verb'], Title>> = {
  issue: say('下达指令', 'Order given'),
  ...orderVerbTitles,
  ...nudgeTitles,
};

export function whatOf(verb: string): Title {
  if (verb === 'report') return say('接报', 'Reported');
  return taskEntryTitle(verb) ?? verbTitles[verb as keyof typeof verbTitles] ?? say(verb, verb);
}
