// The after-action review as parts of a paper: phases, how soon, work, plans, acknowledgements, evacuation, decisions, resources and
// improvements; each line links to the entries of the log it comes from. Pure.
import type { AfterAction } from '../../contracts/records/after-action.ts';
import { stageTitles } from '../../contracts/records/incident.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import type { Block, Piece, TableRow, Words } from './paper.ts';
import type { Wording } from './wording.ts';

type Part = readonly [title: string, blocks: readonly Block[]];
const MOST_LINKED = 4;

/** Parts that hold nothing are left out. */
export function reviewParts(review: AfterAction, wording: Wording): Part[] {
  const parts: Part[] = [
    [
      wording.of('处置经过', 'What was done when'),
      [phaseTable(review, wording), timelineTable(review, wording)],
    ],
    [wording.of('响应时效', 'How soon'), [delayTable(review, wording), ...clusterBlocks(review, wording)]],
    [wording.of('指令与任务', 'Orders and tasks'), workBlocks(review, wording)],
    [wording.of('预案执行', 'Plans'), planBlocks(review, wording)],
    [wording.of('预警叫应', 'Acknowledgements'), ackBlocks(review, wording)],
    [wording.of('转移安置', 'Evacuation'), evacuationBlocks(review, wording)],
    [wording.of('决策与备选', 'Decisions and alternatives'), decisionBlocks(review, wording)],
    [wording.of('资源使用', 'Resources'), resourceBlocks(review, wording)],
    [wording.of('改进事项', 'Improvements'), improvementBlocks(review, wording)],
  ];
  return parts.filter(([, blocks]) => blocks.length > 0);
}

const table = (heads: readonly string[], shares: readonly number[], rows: readonly TableRow[]): Block => ({
  ...{ kind: 'table', heads, shares, rows },
});

function links(entries: readonly number[], wording: Wording): Words {
  const shown = entries.slice(0, MOST_LINKED).map((seq): Piece => ({
    ...{ text: wording.of(`〔录${seq}〕`, `[L${seq}]`), to: `entry-${seq}` },
  }));
  return entries.length > shown.length
    ? [...shown, wording.of(`等 ${entries.length} 条`, ` of ${entries.length}`)]
    : shown;
}

function phaseTable({ phases }: AfterAction, wording: Wording): Block {
  const heads = [
    ...[wording.of('环节', 'Stage'), wording.of('起', 'From'), wording.of('止', 'To')],
    ...[wording.of('时效', 'In time'), wording.of('依据', 'Evidence')],
  ];
  const rows = phases.map(({ stage, from, to, isLate, entries }) => ({
    cells: [
      ...[[wording.say(stageTitles[stage])], [wording.moment(from)], [wording.moment(to)]],
      ...[[isLate ? wording.of('超时', 'late') : wording.of('按时', 'in time')], links(entries, wording)],
    ],
  }));
  return table(heads, [4, 7, 7, 4, 6], rows);
}

function timelineTable({ timeline }: AfterAction, wording: Wording): Block {
  const heads = [
    ...[wording.of('时间', 'When'), wording.of('事项', 'What'), wording.of('办理', 'By')],
    ...[wording.of('内容', 'Words'), wording.of('依据', 'Evidence')],
  ];
  const rows = timeline.map(({ at, what, by, text, entries }) => ({
    cells: [[wording.moment(at)], [wording.say(what)], [wording.who(by)], [text], links(entries, wording)],
  }));
  return table(heads, [6, 4, 4, 10, 4], rows);
}

function delayTable({ delays }: AfterAction, wording: Wording): Block {
  const heads = [
    ...[wording.of('区间', 'Stretch'), wording.of('用时（分钟）', 'Minutes'), wording.of('依据', 'Evidence')],
  ];
  const rows = delays.map(({ title, minutes, entries }) => ({
    cells: [[wording.say(title)], [String(minutes)], links(entries, wording)],
  }));
  return table(heads, [9, 5, 6], rows);
}

function clusterBlocks({ clusters }: AfterAction, wording: Wording): Block[] {
  if (clusters.length === 0) return [];
  const heads = [
    ...[wording.of('线索', 'Cluster'), wording.of('信号', 'Signals'), wording.of('首个信号', 'First signal')],
    wording.of('至接报（分钟）', 'Minutes to the report'),
  ];
  const rows = clusters.map(({ title, signals, firstAt, minutes }) => ({
    cells: [[title], [String(signals)], [wording.moment(firstAt)], [String(minutes)]],
  }));
  return [table(heads, [9, 3, 6, 4], rows)];
}

function workBlocks({ work }: AfterAction, wording: Wording): Block[] {
  const counted = work.filter(({ entries }) => entries.length > 0);
  if (counted.length === 0) return [];
  const heads = [
    ...['', wording.of('按时', 'In time'), wording.of('超时', 'Late')],
    ...[wording.of('未完成', 'Open'), wording.of('依据', 'Evidence')],
  ];
  const rows = counted.map(({ kind, inTime, late, open, entries }) => ({
    cells: [
      [kind === 'task' ? wording.of('任务', 'Tasks') : wording.of('指令', 'Orders')],
      ...[[String(inTime)], [String(late)], [String(open)], links(entries, wording)],
    ],
  }));
  const late = counted.flatMap(({ lateOnes }) => lateOnes);
  const lateHeads = [
    ...[wording.of('超时事项', 'Late'), wording.of('承办', 'Unit'), wording.of('时限', 'Due')],
    ...[wording.of('完成', 'Done'), wording.of('依据', 'Evidence')],
  ];
  const lateRows = late.map(({ text, unit, dueAt, doneAt, entries }) => ({
    cells: [
      ...[[text], [wording.say(unit.name)], [wording.moment(dueAt)], [wording.moment(doneAt)]],
      links(entries, wording),
    ],
  }));
  return [
    table(heads, [4, 4, 4, 4, 9], rows),
    ...(late.length > 0 ? [table(lateHeads, [9, 5, 6, 6, 4], lateRows)] : []),
  ];
}

function planBlocks({ plans }: AfterAction, wording: Wording): Block[] {
  if (plans.length === 0) return [];
  const heads = [
    ...[wording.of('预案', 'Plan'), wording.of('级别', 'Level'), wording.of('按时 / 到期', 'In time / due')],
    ...[
      wording.of('符合率', 'Score'),
      wording.of('超时条款', 'Late clauses'),
      wording.of('依据', 'Evidence'),
    ],
  ];
  const rows = plans.map(({ title, version, level, due, inTime, scorePercent, lateClauses, entries }) => ({
    cells: [
      [`${wording.say(title)} v${version}`],
      [level ? wording.say(responseTitles[level]) : '—'],
      ...[[`${inTime} / ${due}`], [scorePercent === null ? '—' : `${scorePercent}%`]],
      [lateClauses.map(({ clause }) => clause).join('、') || '—'],
      links(entries, wording),
    ],
  }));
  return [table(heads, [9, 4, 4, 4, 5, 4], rows)];
}

function ackBlocks({ acks }: AfterAction, wording: Wording): Block[] {
  if (acks.length === 0) return [];
  const heads = [
    ...[
      wording.of('预警或调度令', 'Warning or order'),
      wording.of('已签收 / 应签收', 'Acknowledged / asked'),
    ],
    ...[
      wording.of('超时', 'Late'),
      wording.of('最后签收（分钟）', 'Last (min)'),
      wording.of('依据', 'Evidence'),
    ],
  ];
  const rows = acks.map(({ title, asked, acknowledged, late, lastMin, entries }) => ({
    cells: [
      ...[
        [title],
        [`${acknowledged} / ${asked}`],
        [String(late)],
        [lastMin === null ? '—' : String(lastMin)],
      ],
      links(entries, wording),
    ],
  }));
  return [table(heads, [10, 5, 3, 4, 5], rows)];
}

function evacuationBlocks({ evacuation }: AfterAction, wording: Wording): Block[] {
  if (!evacuation) return [];
  const { toMove, moved, refused, percent, entries } = evacuation;
  const words = wording.of(
    `应转移 ${toMove} 人，已转移 ${moved} 人（${percent ?? 0}%），拒绝转移 ${refused} 人。`,
    `${moved} of ${toMove} people moved (${percent ?? 0} %), ${refused} refused. `,
  );
  return [{ kind: 'text', words: [words, ...links(entries, wording)] }];
}

function decisionBlocks({ decisions }: AfterAction, wording: Wording): Block[] {
  if (decisions.length === 0) return [];
  const heads = [
    ...[
      wording.of('时间', 'When'),
      wording.of('决定', 'Decision'),
      wording.of('备选（未采用）', 'Not chosen'),
    ],
    ...[wording.of('理由', 'Reason'), wording.of('依据', 'Evidence')],
  ];
  const rows = decisions.map(({ at, by, chosen, reason, rejected, evidence, entries }) => ({
    cells: [
      [wording.moment(at)],
      [`${wording.say(chosen)}（${wording.who(by)}）`],
      [rejected.map((one) => wording.say(one)).join('；') || '—'],
      [reason || '—'],
      [
        ...links(entries, wording),
        ...(evidence ? [wording.of(`证据包 ${evidence.id}`, ` pack ${evidence.id}`)] : []),
      ],
    ],
  }));
  return [table(heads, [5, 8, 6, 5, 6], rows)];
}

function resourceBlocks({ resources }: AfterAction, wording: Wording): Block[] {
  if (resources.length === 0) return [];
  const heads = [
    ...[wording.of('资源', 'Resource'), wording.of('数量', 'Amounts'), wording.of('调用', 'Called')],
    ...[wording.of('归还', 'Returned'), wording.of('依据', 'Evidence')],
  ];
  const rows = resources.map(({ name, items, from, to, entries }) => ({
    cells: [[name], [items], [wording.moment(from)], [wording.moment(to)], links(entries, wording)],
  }));
  return [table(heads, [6, 6, 6, 6, 4], rows)];
}

function improvementBlocks({ improvements }: AfterAction, wording: Wording): Block[] {
  if (improvements.length === 0)
    return [
      {
        kind: 'text',
        words: [wording.of('记录中没有超时、失联和未完成事项。', 'Nothing was late, silent or left open.')],
      },
    ];
  const heads = [wording.of('事项', 'What'), wording.of('承办', 'Unit'), wording.of('依据', 'Evidence')];
  const rows = improvements.map(({ text, unit, entries }) => ({
    cells: [[wording.say(text)], [wording.say(unit.name)], links(entries, wording)],
  }));
  return [table(heads, [14, 5, 5], rows)];
}
