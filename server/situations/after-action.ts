// The after-action review of an incident, counted out of its log and of what was done for it. Pure.
import type { Title } from '../../contracts/column.ts';
import type {
  AfterAction,
  ReviewAck,
  ReviewCluster,
  ReviewDecision,
  ReviewDelay,
  ReviewLine,
  ReviewPhase,
  ReviewPlan,
  ReviewResource,
  ReviewWork,
} from '../../contracts/records/after-action.ts';
import { sumOfMoves } from '../../contracts/records/evacuation.ts';
import type { Incident, LogLine } from '../../contracts/records/incident.ts';
import { isOrderOpen } from '../../contracts/records/order.ts';
import { isMove, isTaskOpen, TASK_PREFIX } from '../../contracts/records/task.ts';
import { whatOf } from './figures.ts';
import { improvementsOf } from './improvements.ts';
import type { SituationMatter } from './port.ts';

const MINUTE_MS = 60_000;
/** Lines of the timeline: of more the marks of the middle are left out, never a step. */
const MOST_LINES = 80;
const minutesBetween = (from: number, to: number): number => Math.round((to - from) / MINUTE_MS);

export function afterAction(matter: SituationMatter): AfterAction {
  const { incident, now } = matter;
  const closed = incident.log.findLast(({ verb }) => verb === 'close');
  const review = {
    ...{ from: incident.happenedAt, to: closed?.happenedAt ?? now, phases: phasesOf(incident) },
    ...{ timeline: timelineOf(incident), delays: delaysOf(matter), clusters: clustersOf(matter) },
    ...{ work: [tasksOf(incident), ordersOf(matter)], plans: plansOf(matter), acks: acksOf(matter) },
    ...{ evacuation: evacuationOf(incident), decisions: decisionsOf(matter) },
    resources: resourcesOf(matter),
  };
  return { ...review, improvements: improvementsOf(matter, review) };
}

/** Each stage from the line that led to it to the one that left it. */
function phasesOf({ log }: Incident): ReviewPhase[] {
  const starts = log.filter((line, at) => at === 0 || line.stage !== log[at - 1]?.stage);
  return starts.map(({ stage, happenedAt, seq }, at) => {
    const next = starts[at + 1];
    return {
      ...{ stage, from: happenedAt, to: next?.happenedAt ?? null, isLate: next?.late ?? false },
      entries: [seq, ...(next ? [next.seq] : [])],
    };
  });
}

function timelineOf({ log }: Incident): ReviewLine[] {
  const isStep = (line: LogLine, at: number): boolean => at === 0 || line.stage !== log[at - 1]?.stage;
  const marks = log.filter((line, at) => !isStep(line, at)).slice(0, Math.max(0, MOST_LINES - 12));
  const kept = new Set(marks);
  return log
    .filter((line, at) => isStep(line, at) || kept.has(line))
    .map(({ happenedAt, verb, by, text, seq }) => ({
      ...{ at: happenedAt, what: whatOf(verb), by, text: text.slice(0, 200), entries: [seq] },
    }));
}

const delayTitles: Readonly<Record<ReviewDelay['id'], Title>> = {
  report: { zh: '首个信号至接报', en: 'First signal to report' },
  accept: { zh: '接报至受理', en: 'Report to acceptance' },
  grade: { zh: '接报至定级', en: 'Report to grading' },
  assign: { zh: '接报至派发', en: 'Report to assignment' },
  task: { zh: '接报至首个任务', en: 'Report to the first task' },
  receive: { zh: '接报至首个签收', en: 'Report to the first receipt' },
};

/** What never happened is left out: it has no time. */
function delaysOf({ incident }: SituationMatter): ReviewDelay[] {
  const { log, evidence, happenedAt } = incident;
  const [reported] = log;
  if (!reported) return [];
  const first = evidence.length === 0 ? null : Math.min(...evidence.map(({ validAt }) => validAt));
  const after = (id: ReviewDelay['id'], verb: string): ReviewDelay[] => {
    const line = log.find((one) => one.verb === verb);
    if (!line) return [];
    const minutes = minutesBetween(happenedAt, line.happenedAt);
    return [{ id, title: delayTitles[id], minutes, entries: [reported.seq, line.seq] }];
  };
  return [
    ...(first === null
      ? []
      : [
          {
            ...{ id: 'report' as const, title: delayTitles.report, entries: [reported.seq] },
            minutes: minutesBetween(first, reported.knownAt),
          },
        ]),
    ...after('accept', 'accept'),
    ...after('grade', 'grade'),
    ...after('assign', 'assign'),
    ...after('task', `${TASK_PREFIX}give`),
    ...after('receive', `${TASK_PREFIX}receive`),
  ];
}

function clustersOf({ clusters, incident }: SituationMatter): ReviewCluster[] {
  return clusters.map(({ id, title, count, firstAt }) => ({
    ...{ id, title, signals: count, firstAt, minutes: minutesBetween(firstAt, incident.reportedAt) },
  }));
}

function tasksOf({ tasks }: Incident): ReviewWork {
  const done = tasks.filter(({ report }) => report !== null);
  const late = done.filter((task) => task.late);
  return {
    ...{ kind: 'task', inTime: done.length - late.length, late: late.length },
    open: tasks.filter((task) => isTaskOpen(task) && task.report === null).length,
    entries: tasks.map(({ seq }) => seq),
    lateOnes: late.map(({ text, unit, dueAt, report, seq }) => ({
      ...{ text: text.slice(0, 120), unit, dueAt, doneAt: report?.happenedAt ?? null, entries: [seq] },
    })),
  };
}

function ordersOf({ orders }: SituationMatter): ReviewWork {
  const doneAt = (order: (typeof orders)[number]): number | null =>
    order.log.find(({ verb }) => verb === 'finish')?.at ?? null;
  const isLate = (order: (typeof orders)[number]): boolean =>
    order.late || (order.dueAt !== null && (doneAt(order) ?? -Infinity) > order.dueAt);
  const late = orders.filter(isLate);
  return {
    ...{ kind: 'order', late: late.length, open: orders.filter(isOrderOpen).length },
    inTime: orders.filter((order) => doneAt(order) !== null && !isLate(order)).length,
    entries: orders.map(({ seq }) => seq),
    lateOnes: late.map((order) => ({
      ...{ text: order.text.slice(0, 120), unit: order.to.unit, dueAt: order.dueAt },
      ...{ doneAt: doneAt(order), entries: [order.seq] },
    })),
  };
}

function plansOf({ plans }: SituationMatter): ReviewPlan[] {
  return plans.map(({ progress, clauses, scorePercent }) => {
    const { run } = progress;
    const sum = (of: 'due' | 'inTime'): number => clauses.reduce((all, one) => all + one[of], 0);
    return {
      ...{ title: run.title, version: run.version, level: run.levels[0]?.level ?? run.level },
      ...{ due: sum('due'), inTime: sum('inTime'), scorePercent, entries: [run.id] },
      lateClauses: clauses
        .filter(({ due, inTime }) => inTime < due)
        .map(({ clause, title }) => ({ clause, title })),
    };
  });
}

function acksOf({ acks }: SituationMatter): ReviewAck[] {
  return acks.map(({ title, severity, asked, answers, at, id, seq }) => ({
    ...{ title, severity, asked: asked.length, acknowledged: answers.length, entries: [id, seq] },
    late: answers.filter(({ isLate }) => isLate).length,
    lastMin: answers.length === 0 ? null : minutesBetween(at, Math.max(...answers.map((one) => one.at))),
  }));
}

function evacuationOf({ tasks, log }: Incident): AfterAction['evacuation'] {
  const moving = tasks.filter((task) => isMove(task) && task.state !== 'withdrawn');
  if (moving.length === 0) return null;
  const counts = moving.map(
    ({ id }) =>
      log.findLast(({ verb, said }) => verb === `${TASK_PREFIX}progress` && said['task'] === id)?.seq ?? id,
  );
  return { ...sumOfMoves(moving.flatMap(({ move = [] }) => move)), entries: counts };
}

/** Choices with what was not chosen, and orders with the evidence they froze. */
function decisionsOf({ choices, orders }: SituationMatter): ReviewDecision[] {
  const chosen = choices.map(({ at, by, chosen: one, reason, rejected, evidence, id }): ReviewDecision => ({
    ...{ at, by, chosen: one.title, reason, evidence, entries: [id] },
    rejected: rejected.map(({ title }) => title),
  }));
  const issues = new Map(orders.map((order) => [order.issue, order]));
  const ordered = [...issues.values()].map(({ givenAt, givenBy, text, evidence, issue }): ReviewDecision => ({
    ...{ at: givenAt, by: givenBy, chosen: { zh: `下达指令：${text}`, en: `Order: ${text}` }, reason: '' },
    ...{ rejected: [], evidence, entries: [issue] },
  }));
  return [...chosen, ...ordered].sort((a, b) => a.at - b.at);
}

function resourcesOf({ bookings }: SituationMatter): ReviewResource[] {
  return bookings
    .filter(({ state }) => state !== 'refused')
    .map(({ resourceName, items, at, ended, id, seq }) => ({
      ...{ name: resourceName, from: at, to: ended?.at ?? null, entries: id === seq ? [id] : [id, seq] },
      items: Object.entries(items)
        .map(([item, amount]) => `${item} ${amount}`)
        .join('、'),
    }));
}
