// The case file (案卷) of an incident: what was known, how it was graded, who did what when, and every figure pointing to the
// entry or the evidence it comes from. Pure.
import { title } from '../../contracts/declare.ts';
import type { Fact, Facts, FileRef, Incident, LogLine } from '../../contracts/records/incident.ts';
import {
  channelTitles,
  factTitles,
  gradeTitles,
  kindTitles,
  stageTitles,
} from '../../contracts/records/incident.ts';
import { evidenceBlocks } from './case-evidence.ts';
import { logTable } from './case-log.ts';
import { bound, toEvidence, toLog, toPhoto } from './case-references.ts';
import type { Block, Paper, Piece, TableRow, Words } from './paper.ts';
import type { Wording } from './wording.ts';

export interface Photo {
  readonly ref: FileRef;
  /** null: it cannot be read any more. */
  readonly bytes: Uint8Array | null;
}

export interface CaseFileParts {
  /** Evidence without what the reader may not see. */
  readonly incident: Incident;
  /** Hash of each piece of evidence as it was copied, whole; in order. */
  readonly hashes: readonly string[];
  /** How many values of each the reader may not see. */
  readonly withheld: readonly number[];
  /** In the order the log names them. */
  readonly photos: readonly Photo[];
  readonly wording: Wording;
  /** The unit whose paper it is. */
  readonly unit: string;
  /** Across each page; null: nothing. */
  readonly mark: string | null;
  /** Who has it made, as its foot says. */
  readonly madeBy: string;
  readonly madeAt: number;
}

export function caseFile(parts: CaseFileParts): Paper {
  const { incident, wording, unit, mark, madeBy, madeAt } = parts;
  const heads = [
    [wording.of('一、基本情况', '1. What it is'), basics(parts)],
    [wording.of('二、已知情况与定级', '2. What is known, and its grade'), gradeBlocks(parts)],
    [wording.of('三、办理过程', '3. What was done'), logTable(parts)],
    [wording.of('四、时限、督办与报送', '4. Times, supervision, reports upward'), marksOf(parts)],
    [wording.of('五、依据', '5. Evidence'), evidenceBlocks(parts)],
    [wording.of('六、照片', '6. Photos'), photoBlocks(parts)],
    [wording.of('七、说明', '7. Notes'), notes(parts)],
  ] as const;
  return {
    title: wording.of(`关于${incident.title}的事件案卷`, `Case file: ${incident.title}`),
    under: [
      wording.of(`事件编号 ${incident.no}`, `Incident ${incident.no}`),
      wording.of(
        `截至 ${wording.moment(madeAt)}（本地时间）`,
        `As of ${wording.moment(madeAt)} (local time)`,
      ),
    ],
    blocks: heads.flatMap(([text, blocks]): Block[] => [{ kind: 'heading', level: 1, text }, ...blocks]),
    close: [unit, wording.day(madeAt)],
    mark,
    foot: madeBy,
    author: unit,
    madeAt,
  };
}

/** The line that brought it to its stage: what is due was settled then. */
const begunAt = ({ log, stage }: Incident): number =>
  Math.max(
    0,
    lastOf(log, (line, at) => line.stage === stage && log[at - 1]?.stage !== stage),
  );

const row = (name: string, ...value: Words): TableRow => ({ cells: [[name], value] });

function basics({ incident, wording }: CaseFileParts): Block[] {
  const { say, of } = bound(wording);
  const amended = (name: string): Words => {
    const at = lastOf(incident.log, ({ said }) => said[name] !== undefined);
    return [toLog(wording, Math.max(0, at))];
  };
  const units = incident.assisting.map(({ name }) => say(name)).join(of('、', ', '));
  const unitRef = refOf(wording, incident.log, ['assign', 'hand-over']);
  const signal: Words =
    incident.channel === 'row' && incident.evidence.length > 0 ? [toEvidence(wording, 0)] : [];
  const rows: TableRow[] = [
    row(of('标题', 'Title'), incident.title, ...amended('title')),
    row(of('类别', 'Kind'), say(kindTitles[incident.kind]), ...amended('kind')),
    row(of('来源', 'Came by'), say(channelTitles[incident.channel]), toLog(wording, 0), ...signal),
    row(of('地点', 'Place'), incident.place || '—', ...amended('place')),
    row(of('区域', 'Area'), wording.region(incident.region)),
    row(of('位置（经度，纬度）', 'Position (longitude, latitude)'), wording.position(incident.position)),
    row(of('发生时间', 'Happened at'), wording.moment(incident.happenedAt), toLog(wording, 0)),
    row(of('知悉时间', 'Known at'), wording.moment(incident.reportedAt), toLog(wording, 0)),
    row(of('接报人', 'Reported by'), wording.who(incident.reportedBy), toLog(wording, 0)),
    row(
      of('当前阶段', 'Stage'),
      `${say(stageTitles[incident.stage])}（${wording.moment(incident.stageAt)}）`,
    ),
    row(of('牵头', 'Led by'), say(incident.desk.name)),
    row(of('承办', 'Handled by'), incident.unit ? say(incident.unit.name) : '—', ...unitRef),
    row(of('协同', 'Assisting'), units || '—'),
    row(of('承办人', 'Person'), incident.worker || '—'),
  ];
  const table: Block = {
    kind: 'table',
    heads: [of('项目', 'Item'), of('内容', 'What')],
    shares: [3, 10],
    rows,
  };
  const text: Words = [
    incident.text || of('（无文字描述）', '(no description)'),
    toLog(wording, 0),
    ...signal,
  ];
  return [{ kind: 'text', words: text }, table];
}

function gradeBlocks({ incident, wording }: CaseFileParts): Block[] {
  const { say, of } = bound(wording);
  const facts = (Object.entries(incident.facts) as [Fact, number][]).map(([fact, value]): TableRow => ({
    cells: [[say(factTitles[fact])], [String(value)], [toLog(wording, factLine(incident.log, fact))]],
  }));
  const known: Block[] =
    facts.length === 0
      ? [{ kind: 'text', words: [of('未填报量化情况。', 'No figures were given.')] }]
      : [
          {
            kind: 'table',
            heads: [of('情况', 'Fact'), of('数值', 'Value'), of('出处', 'From')],
            shares: [5, 2, 3],
            rows: facts,
          },
        ];
  const at = lastOf(incident.log, ({ verb }) => verb === 'grade' || verb === 'escalate');
  const grade: Words =
    incident.grade === null || at < 0
      ? [of('尚未定级。', 'It is not graded.')]
      : [
          `${of('等级：', 'Grade: ')}${say(gradeTitles[incident.grade])}`,
          toLog(wording, at),
          incident.gradeReason ? `${of('。理由：', '. Why: ')}${say(incident.gradeReason)}` : '',
        ];
  return [...known, { kind: 'text', words: grade }];
}

/** The line that said it last. */
const factLine = (log: readonly LogLine[], fact: Fact): number =>
  Math.max(
    0,
    lastOf(log, ({ said }) => ((said['facts'] ?? {}) as Facts)[fact] !== undefined),
  );

function marksOf({ incident, wording }: CaseFileParts): Block[] {
  const { say, of } = bound(wording);
  const { log } = incident;
  const refs = (test: (line: LogLine) => boolean): Words =>
    log.flatMap((line, at) => (test(line) ? [toLog(wording, at)] : []));
  const by = (...verbs: readonly string[]): Words => refs(({ verb }) => verbs.includes(verb));
  const rating = incident.rating;
  const counts: readonly (readonly [string, string, Words])[] = [
    [of('超时环节', 'Late steps'), String(incident.lateSteps), refs(({ late }) => late)],
    [of('催办', 'Urged'), String(incident.urges), by('urge')],
    [of('信息报送', 'Reports upward'), String(incident.briefs), by('brief')],
    [of('退回', 'Sent back'), String(incident.returns), by('return')],
    [of('重新办理', 'Opened again'), String(incident.reopens), by('reopen')],
    [of('督办', 'Supervised'), incident.supervised?.text ?? of('否', 'no'), by('supervise')],
    [of('评价', 'Rating'), rating ? `${rating.score ?? '—'} ${rating.text}` : '—', by('rate')],
    [
      of('当前环节时限', 'This step is due'),
      wording.moment(incident.dueAt),
      [toLog(wording, begunAt(incident))],
    ],
  ];
  const rows = counts.map(([name, value, from]): TableRow => ({ cells: [[name], [value], from] }));
  const stages = say(stageTitles[incident.stage]);
  return [
    {
      kind: 'table',
      heads: [of('项目', 'Item'), of('数值', 'Value'), of('出处', 'From')],
      shares: [3, 6, 4],
      rows,
    },
    { kind: 'note', words: [of(`当前阶段：${stages}。`, `Stage: ${stages}.`)] },
  ];
}

function photoBlocks({ photos, wording }: CaseFileParts): Block[] {
  if (photos.length === 0) return [{ kind: 'text', words: [wording.of('无照片。', 'No photos.')] }];
  return photos.map(({ ref, bytes }, at): Block => {
    const { text, to } = toPhoto(wording, at) as Exclude<Piece, string>;
    const caption = `${text} SHA-256 ${ref.hash}`;
    const { type } = ref;
    const isSound = type === 'audio/webm' || type === 'audio/mp4';
    if (bytes && !isSound) return { kind: 'picture', anchor: to, bytes, type, caption };
    const note = bytes
      ? wording.of('语音，原件存于系统', 'a voice note, kept in the system')
      : wording.of('文件已不可读', 'the file cannot be read any more');
    return { kind: 'text', anchor: to, words: [`${caption}：${note}`] };
  });
}

function notes({ incident, wording, withheld }: CaseFileParts): Block[] {
  const { log } = incident;
  const hidden = withheld.reduce((sum, count) => sum + count, 0);
  const seqs = `${log[0]?.seq ?? '—'}–${log.at(-1)?.seq ?? '—'}`;
  const said = [
    title(
      `〔录N〕为办理过程第 N 条，〔证N〕为第 N 份依据，〔图N〕为第 N 张照片。每条办理记录的“序号”是哈希链日志中的序号（本案 ${seqs}），可用 npm run verify 核验整链。`,
      `[Ln] is line n of what was done, [En] evidence n, [Pn] photo n. The sequence of each line is that of the hash-chained log (here ${seqs}); npm run verify audits the chain.`,
    ),
    title(
      '依据是引用当时的副本；哈希为其规范 JSON（键排序、无空格）的 SHA-256，照片的哈希为文件本身的 SHA-256。',
      'Evidence is a copy as it stood; its hash is the SHA-256 of its canonical JSON (sorted keys, no spaces), that of a photo the SHA-256 of the file.',
    ),
    title(
      '两个时刻：“发生”是办理人所述完成时刻，“知悉”是系统收到的时刻。',
      'Two clocks: “happened” is when it was done, as who did it says; “known” is when the system had it.',
    ),
    ...(hidden === 0
      ? []
      : [
          title(
            `因密级未列出 ${hidden} 个字段；哈希仍按完整副本计算。`,
            `${hidden} values are left out for their class; the hashes are those of the whole copies.`,
          ),
        ]),
  ];
  return said.map((one): Block => ({ kind: 'note', words: [wording.say(one)] }));
}

function refOf(wording: Wording, log: readonly LogLine[], verbs: readonly string[]): Words {
  const at = lastOf(log, ({ verb }) => verbs.includes(verb));
  return at < 0 ? [] : [toLog(wording, at)];
}

/** −1: none. */
const lastOf = (log: readonly LogLine[], test: (line: LogLine, at: number) => boolean): number =>
  log.findLastIndex(test);
