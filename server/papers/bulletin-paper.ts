// The bulletin (值班要报) as a paper: sentences of numbers, each pointing to the question it is the answer to. Pure.
import type { Bulletin, Figure } from '../../contracts/records/duty.ts';
import type { Block, Paper, Piece, TableRow, Words } from './paper.ts';
import type { Wording } from './wording.ts';

export interface BulletinParts {
  readonly bulletin: Bulletin;
  readonly wording: Wording;
  readonly unit: string;
  readonly mark: string | null;
  readonly madeBy: string;
  readonly madeAt: number;
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

export function bulletinPaper({ bulletin, wording, unit, mark, madeBy, madeAt }: BulletinParts): Paper {
  const { sections, from, to } = bulletin;
  const figures = sections.flatMap((section) => section.figures);
  const headed = [
    ...sections.map((section): readonly [string, Block[]] => [
      wording.say(section.title),
      [{ kind: 'text', words: sentence(section.figures, figures, wording) }],
    ]),
    [wording.of('接报事件清单', 'Incidents reported'), incidentList(bulletin, wording)] as const,
    [wording.of('数据出处', 'Where the numbers come from'), sources(figures, wording)] as const,
  ];
  return {
    title: wording.of('值班要报', 'Duty bulletin'),
    under: [`${wording.moment(from)} — ${wording.moment(to)}`],
    blocks: headed.flatMap(([text, blocks], at): Block[] => [
      { kind: 'heading', level: 1, text: wording.of(`${NUMERALS[at]}、${text}`, `${at + 1}. ${text}`) },
      ...blocks,
    ]),
    close: [unit, wording.day(madeAt)],
    mark,
    foot: madeBy,
    author: unit,
    madeAt,
  };
}

/** Name and number of each figure, and where it comes from. */
function sentence(of: readonly Figure[], all: readonly Figure[], wording: Wording): Words {
  return of.flatMap((figure, at): Piece[] => {
    const end = at === of.length - 1 ? wording.of('。', '.') : wording.of('，', ', ');
    const number = all.indexOf(figure) + 1;
    return [
      wording.of(
        `${wording.say(figure.title)} ${figure.value}`,
        `${wording.say(figure.title)}: ${figure.value}`,
      ),
      { text: wording.of(`〔数${number}〕`, ` [N${number}]`), to: `figure-${number}` },
      end,
    ];
  });
}

function incidentList({ incidents }: Bulletin, wording: Wording): Block[] {
  if (incidents.length === 0)
    return [{ kind: 'text', words: [wording.of('本期无接报事件。', 'No incidents were reported.')] }];
  const rows = incidents.map(({ no, title, grade, stage, reportedAt }): TableRow => ({
    cells: [
      [no],
      [title],
      [grade ? wording.say(grade) : wording.of('未定级', 'not graded')],
      [wording.say(stage)],
      [wording.moment(reportedAt)],
    ],
  }));
  const heads = [
    wording.of('编号', 'Number'),
    wording.of('标题', 'Title'),
    wording.of('等级', 'Grade'),
    wording.of('阶段', 'Stage'),
    wording.of('知悉时间', 'Known at'),
  ];
  return [{ kind: 'table', heads, shares: [5, 8, 3, 3, 6], rows }];
}

function sources(figures: readonly Figure[], wording: Wording): Block[] {
  const rows = figures.map(({ title, value, query }, at): TableRow => ({
    anchor: `figure-${at + 1}`,
    cells: [[`${at + 1}`], [wording.say(title)], [String(value)], [query]],
  }));
  const heads = [
    wording.of('数', 'No.'),
    wording.of('项目', 'Item'),
    wording.of('数值', 'Value'),
    wording.of('查询', 'Query'),
  ];
  const note = wording.of(
    '每个数值都是所列查询的结果，有权限者可再次查询；“现”为编发时刻的状态，时间为毫秒时间戳。',
    'Each number is the answer to its query, which whoever has the right can ask again; “now” is when the bulletin was made, times are epoch milliseconds.',
  );
  return [
    { kind: 'table', heads, shares: [2, 6, 2, 15], rows },
    { kind: 'note', words: [note] },
  ];
}
