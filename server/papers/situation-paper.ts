// A situation report as a paper: what was written, the figures with what they were in the issue before, decisions, and the
// entries each figure comes from. It says what was issued, whenever it is printed. Pure.
import type { Situation, SituationFigure } from '../../contracts/records/situation.ts';
import { situationKindTitles } from '../../contracts/records/situation.ts';
import type { Block, Paper, Piece, TableRow, Words } from './paper.ts';
import { reviewParts } from './review-blocks.ts';
import type { Wording } from './wording.ts';

export interface SituationParts {
  readonly report: Situation;
  readonly wording: Wording;
  readonly unit: string;
  readonly mark: string | null;
  readonly madeBy: string;
  readonly madeAt: number;
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/** 1 … 99 as headings count: 十二. */
const numeral = (n: number): string =>
  n < 10 ? (DIGITS[n] ?? '') : `${n < 20 ? '' : DIGITS[Math.floor(n / 10)]}十${DIGITS[n % 10]}`;
/** More entries of one figure are counted, not linked. */
const MOST_LINKED = 6;

export function situationPaper({ report, wording, unit, mark, madeBy, madeAt }: SituationParts): Paper {
  const kind = wording.say(situationKindTitles[report.kind]);
  const sections: readonly (readonly [string, readonly Block[]])[] = [
    [wording.of('基本情况', 'The situation'), [text(report.text)]],
    ...report.sections.map(
      ({ title, figures }) => [wording.say(title), [figureTable(figures, wording)]] as const,
    ),
    ...(report.review ? reviewParts(report.review, wording) : []),
    ...(report.next === ''
      ? []
      : [[wording.of('下一步工作', 'What comes next'), [text(report.next)]] as const]),
    ...(report.decisions.length === 0
      ? []
      : [[wording.of('议定事项', 'Decisions'), [decisionTable(report, wording)]] as const]),
    [wording.of('依据', 'Evidence'), evidenceBlocks(report, wording)],
  ];
  return {
    title: wording.of(`关于${report.incident.title}的${kind}`, `${kind}: ${report.incident.title}`),
    under: [
      wording.of(`第 ${report.issue} 期 · ${report.no}`, `Issue ${report.issue} · ${report.no}`),
      `${unit} · ${wording.moment(report.at)}`,
    ],
    blocks: sections.flatMap(([title, blocks], at): Block[] => [
      {
        ...{ kind: 'heading', level: 1 },
        text: wording.of(`${numeral(at + 1)}、${title}`, `${at + 1}. ${title}`),
      },
      ...blocks,
    ]),
    close: [unit, wording.day(report.at)],
    mark,
    foot: madeBy,
    author: unit,
    madeAt,
  };
}

const text = (words: string): Block => ({ kind: 'text', words: [words] });

function figureTable(figures: readonly SituationFigure[], wording: Wording): Block {
  return {
    kind: 'table',
    heads: [
      wording.of('项目', 'Item'),
      wording.of('本期', 'Now'),
      wording.of('上期', 'Before'),
      wording.of('变化', 'Change'),
      wording.of('依据', 'Evidence'),
    ],
    shares: [9, 4, 4, 4, 9],
    rows: figures.map((figure): TableRow => ({
      cells: [
        [wording.say(figure.title)],
        [String(figure.value)],
        [figure.before === null ? '—' : String(figure.before)],
        [changeOf(figure, wording)],
        linksOf(figure, wording),
      ],
    })),
  };
}

/** Marked, so that who reads the second issue sees at once what is new. */
export function changeOf({ value, before }: SituationFigure, wording: Wording): string {
  if (before === null) return wording.of('新增', 'new');
  const by = Math.round((value - before) * 10) / 10;
  if (by === 0) return wording.of('不变', 'same');
  return by > 0 ? `▲ ${by}` : `▼ ${-by}`;
}

function linksOf({ entries, rows }: SituationFigure, wording: Wording): Words {
  const shown = entries.slice(0, MOST_LINKED).map((seq): Piece => ({
    text: wording.of(`〔录${seq}〕`, `[L${seq}]`),
    to: `entry-${seq}`,
  }));
  const more = entries.length - shown.length;
  const words: Words = [
    ...shown,
    ...(more > 0 ? [wording.of(`等 ${entries.length} 条`, ` of ${entries.length}`)] : []),
  ];
  if (rows.length > 0)
    return [
      ...words,
      { text: wording.of(`〔证据包〕${rows.length} 行`, `[pack] ${rows.length} rows`), to: 'pack' },
    ];
  return words.length > 0 ? words : [{ text: wording.of('〔证据包〕', '[pack]'), to: 'pack' }];
}

function decisionTable({ decisions }: Situation, wording: Wording): Block {
  return {
    kind: 'table',
    heads: [wording.of('事项', 'What'), wording.of('承办', 'Unit'), wording.of('时限', 'Due')],
    shares: [12, 6, 6],
    rows: decisions.map(({ text: what, unit, dueAt }) => ({
      cells: [[what], [wording.say(unit.name)], [wording.moment(dueAt)]],
    })),
  };
}

function evidenceBlocks({ cited, evidence, previous, incident }: Situation, wording: Wording): Block[] {
  const rows = cited.map((one): TableRow => ({
    anchor: `entry-${one.seq}`,
    cells: [[String(one.seq)], [wording.say(one.what)], [wording.who(one.by)], [wording.moment(one.at)]],
  }));
  return [
    {
      ...{ kind: 'text', anchor: 'pack' },
      words: [
        wording.of(
          `签发时所知留存于证据包 ${evidence.id}（SHA-256 ${evidence.hash}）；事件 ${incident.no} 记录至第 ${incident.seq} 条。`,
          `What was known is kept in evidence pack ${evidence.id} (SHA-256 ${evidence.hash}); incident ${incident.no} up to entry ${incident.seq}. `,
        ),
        previous
          ? wording.of(
              `上期为 ${previous.no}（${wording.moment(previous.at)}）。`,
              `The issue before is ${previous.no} (${wording.moment(previous.at)}).`,
            )
          : wording.of('本期为首期。', 'This is the first issue.'),
      ],
    },
    ...(rows.length === 0
      ? []
      : [
          {
            kind: 'table',
            heads: [
              wording.of('序号', 'Sequence'),
              wording.of('内容', 'What'),
              wording.of('办理', 'By'),
              wording.of('时间', 'When'),
            ],
            shares: [4, 9, 7, 8],
            rows,
          } as const,
        ]),
    {
      kind: 'note',
      words: [
        wording.of(
          '序号为记录日志的条目号，可由 npm run verify 核验；“变化”为本期减上期。',
          'Sequences are those of the log of records, which npm run verify audits; the change is now minus before.',
        ),
      ],
    },
  ];
}
