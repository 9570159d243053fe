// The conformance report of an activated plan as a paper: planned against actual times, clause by clause. Pure.
import type { Conformance, StepProgress } from '../../contracts/records/plan-run.ts';
import { stepStateTitles } from '../../contracts/records/plan-run.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import type { Block, Paper, TableRow } from './paper.ts';
import type { Wording } from './wording.ts';

export interface ConformanceParts {
  readonly conformance: Conformance;
  readonly wording: Wording;
  readonly unit: string;
  readonly mark: string | null;
  readonly madeBy: string;
  readonly madeAt: number;
}

const MINUTE_MS = 60_000;

export function conformancePaper(parts: ConformanceParts): Paper {
  const { conformance, wording, unit, mark, madeBy, madeAt } = parts;
  const { run } = conformance.progress;
  const sections: readonly (readonly [string, string, readonly Block[]])[] = [
    ['一', wording.of('总体情况', 'Overview'), overview(conformance, wording)],
    ['二', wording.of('响应级别', 'Response levels'), levels(conformance, wording)],
    ['三', wording.of('按条款执行情况', 'By clause'), byClause(conformance, wording)],
    ['四', wording.of('逐步对照', 'Step by step'), bySteps(conformance, wording)],
  ];
  return {
    title: wording.of('预案执行评估报告', 'Conformance report'),
    under: [
      wording.of(
        `《${run.title.zh}》第 ${run.version} 版`,
        `${run.title.en}, version ${run.version}${run.issued ? ` (${run.issued.no})` : ''}`,
      ),
      `${run.incidentNo} ${conformance.incident.title}`,
    ],
    blocks: sections.flatMap(([numeral, text, blocks], at): Block[] => [
      { kind: 'heading', level: 1, text: wording.of(`${numeral}、${text}`, `${at + 1}. ${text}`) },
      ...blocks,
    ]),
    close: [unit, wording.day(madeAt)],
    mark,
    foot: madeBy,
    author: unit,
    madeAt,
  };
}

function overview({ progress, scorePercent, clauses }: Conformance, wording: Wording): Block[] {
  const { run, counts, now, steps } = progress;
  const due = clauses.reduce((all, one) => all + one.due, 0);
  const inTime = clauses.reduce((all, one) => all + one.inTime, 0);
  const until = run.endedAt ?? now;
  const end = run.endedAt === null ? wording.of('仍在执行', 'under way') : wording.moment(run.endedAt);
  const by = wording.who(run.startedBy);
  const minutes = Math.round((until - run.startedAt) / MINUTE_MS);
  const zh =
    `${wording.moment(run.startedAt)} 由${by}启动，${end === '仍在执行' ? end : `${end} 终止`}，历时 ${minutes} 分钟。` +
    `共 ${steps.length} 步：按时完成 ${counts.done}，超时完成 ${counts['done-late']}，超时未完成 ${counts.late}，` +
    `进行中 ${counts.open}，等待前置 ${counts.waiting}，撤回 ${counts.withdrawn}。` +
    (scorePercent === null
      ? '尚无到期步骤，不计符合率。'
      : `到期 ${due} 步中按时完成 ${inTime} 步，符合率 ${scorePercent}%。`);
  const en =
    `Started ${wording.moment(run.startedAt)} by ${by}, ${run.endedAt === null ? end : `ended ${end}`}, ${minutes} minutes. ` +
    `${steps.length} steps: ${counts.done} in time, ${counts['done-late']} late, ${counts.late} overdue, ` +
    `${counts.open} under way, ${counts.waiting} waiting, ${counts.withdrawn} withdrawn. ` +
    (scorePercent === null
      ? 'No step was due yet: there is no score.'
      : `${inTime} of ${due} steps due were done in time: ${scorePercent} %.`);
  return [{ kind: 'text', words: [wording.of(zh, en)] }];
}

function levels({ progress: { run } }: Conformance, wording: Wording): Block[] {
  const rows = run.levels.map(({ level, at, by, reason }): TableRow => ({
    cells: [
      [wording.moment(at)],
      [level === null ? wording.of('终止', 'Ended') : wording.say(responseTitles[level])],
      [wording.who(by)],
      [reason],
    ],
  }));
  const heads = [
    wording.of('时间', 'Time'),
    wording.of('级别', 'Level'),
    wording.of('决定人', 'By'),
    wording.of('理由', 'Reason'),
  ];
  return [{ kind: 'table', heads, shares: [6, 4, 4, 9], rows }];
}

function byClause({ clauses }: Conformance, wording: Wording): Block[] {
  const rows = clauses.map(({ clause, title, inTime, due, meanDelayMs }): TableRow => ({
    anchor: `clause-${clause}`,
    cells: [[clause], [wording.say(title)], [`${inTime} / ${due}`], [delayText(meanDelayMs, wording)]],
  }));
  const heads = [
    wording.of('条款', 'Clause'),
    wording.of('内容', 'Title'),
    wording.of('按时 / 到期', 'In time / due'),
    wording.of('平均偏差', 'Mean delay'),
  ];
  return [{ kind: 'table', heads, shares: [3, 9, 4, 5], rows }];
}

function bySteps({ clauses }: Conformance, wording: Wording): Block[] {
  const rows = clauses.flatMap(({ clause, steps }) =>
    steps.map((step): TableRow => ({
      cells: [
        [{ text: clause, to: `clause-${clause}` }],
        [`${wording.say(step.text)}（${wording.say(step.unit.name)}）`],
        [wording.moment(step.plannedDueAt)],
        [wording.moment(step.doneAt)],
        [`${wording.say(stepStateTitles[step.state])} ${delayOf(step, wording)}`.trim()],
      ],
    })),
  );
  const heads = [
    wording.of('条款', 'Clause'),
    wording.of('步骤（责任单位）', 'Step (unit)'),
    wording.of('计划完成', 'Planned'),
    wording.of('实际反馈', 'Reported'),
    wording.of('结果', 'Result'),
  ];
  const note = wording.of(
    '计划时间按预案时限自启动或前置步骤推算；按时与否以各任务自身的时限判定，偏差为实际反馈减计划完成。',
    'Planned times follow from the limits of the plan; in time or late is judged by the limit of each task, the delay is reported minus planned.',
  );
  return [
    { kind: 'table', heads, shares: [3, 10, 5, 5, 4], rows },
    { kind: 'note', words: [note] },
  ];
}

const delayOf = ({ doneAt, plannedDueAt }: StepProgress, wording: Wording): string =>
  doneAt === null || plannedDueAt === null ? '' : delayText(doneAt - plannedDueAt, wording);

/** `提前 12 分钟`; minutes, rounded. */
function delayText(delayMs: number | null, wording: Wording): string {
  if (delayMs === null) return '—';
  const minutes = Math.round(Math.abs(delayMs) / MINUTE_MS);
  if (minutes === 0) return wording.of('准时', 'on time');
  return delayMs < 0
    ? wording.of(`提前 ${minutes} 分钟`, `${minutes} min early`)
    : wording.of(`晚 ${minutes} 分钟`, `${minutes} min late`);
}
