// What was done to an incident as a table: both clocks, who, and what was said.
import type { Title } from '../../contracts/column.ts';
import type { Evidence, Fact, Grade, LogLine, Verb } from '../../contracts/records/incident.ts';
import {
  briefTitles,
  factTitles,
  gradeTitles,
  kindTitles,
  stageTitles,
  verbTitles,
  verdictTitles,
} from '../../contracts/records/incident.ts';
import type { CaseFileParts } from './case-file.ts';
import { bound, photosOf, toEvidence, toPhoto } from './case-references.ts';
import type { Block, Piece, TableRow, Words } from './paper.ts';
import type { Wording } from './wording.ts';

export function logTable({ incident, wording }: CaseFileParts): Block[] {
  const { of } = bound(wording);
  const photos = photosOf(incident).map(({ hash }) => hash);
  const cited = citations(incident);
  const rows = incident.log.map((line, at): TableRow => {
    const refs: Words = [
      ...(cited[at] === undefined ? [] : [toEvidence(wording, cited[at])]),
      ...line.files.map(({ hash }) => toPhoto(wording, photos.indexOf(hash))),
    ];
    return {
      anchor: `log-${at + 1}`,
      cells: [
        [`${at + 1}\n(${line.seq})`],
        [stepOf(wording, line)],
        [wording.moment(line.happenedAt)],
        [wording.moment(line.knownAt)],
        [wording.who(line.by)],
        [saidIn(wording, line), ...refs],
      ],
    };
  });
  return [
    {
      kind: 'table',
      heads: [
        of('条（序号）', 'Line (sequence)'),
        of('步骤', 'Step'),
        of('发生', 'Happened'),
        of('知悉', 'Known'),
        of('办理人', 'By'),
        of('内容', 'What'),
      ],
      shares: [4, 5, 6, 6, 6, 13],
      rows,
    },
  ];
}

/** Which piece of evidence each line brought, by its place; undefined: none. */
function citations({ log, evidence }: CaseFileParts['incident']): (number | undefined)[] {
  let from = 0;
  return log.map(({ said }) => {
    if (typeof said['evidence'] !== 'string') return undefined;
    const at = evidence.findIndex(
      ({ layer, key }: Evidence, place) => place >= from && `${layer}/${key}` === said['evidence'],
    );
    if (at < 0) return undefined;
    from = at + 1;
    return at;
  });
}

/** What was done, and the stage it led to where that says more. */
function stepOf(wording: Wording, line: LogLine): string {
  const [verb, stage] = [verbOf(wording, line), wording.say(stageTitles[line.stage])];
  return verb === stage ? verb : `${verb} → ${stage}`;
}

function verbOf(wording: Wording, { verb }: LogLine): string {
  if (verb === 'report') return wording.of('接报', 'Reported');
  return verb in verbTitles ? wording.say(verbTitles[verb as Verb]) : verb;
}

const coded: Readonly<Record<string, Readonly<Record<string, Title>>>> = {
  grade: gradeTitles,
  verdict: verdictTitles,
  brief: briefTitles,
  kind: kindTitles,
};

const names: Readonly<Record<string, Title>> = {
  title: { zh: '标题', en: 'title' },
  place: { zh: '地点', en: 'place' },
  worker: { zh: '承办人', en: 'person' },
  score: { zh: '满意度', en: 'satisfaction' },
  into: { zh: '并入事件', en: 'into incident' },
  part: { zh: '拆出事件', en: 'part' },
  unit: { zh: '单位', en: 'unit' },
  desk: { zh: '牵头', en: 'desk' },
  grade: { zh: '等级', en: 'grade' },
  verdict: { zh: '意见', en: 'opinion' },
  brief: { zh: '报送', en: 'report' },
  kind: { zh: '类别', en: 'kind' },
  gradeReason: { zh: '理由', en: 'why' },
  position: { zh: '位置', en: 'position' },
  urgent: { zh: '紧急', en: 'urgent' },
};

/** The text, then what was said beside it by name; a late step says so. */
function saidIn(wording: Wording, { text, said, late }: LogLine): Piece {
  const stop = wording.of('；', '; ');
  const colon = wording.of('：', ': ');
  const named = Object.entries(names).flatMap(([name, title]) => {
    const value = valueOf(wording, name, said[name]);
    return value === '' ? [] : [`${wording.say(title)}${colon}${value}`];
  });
  const facts = Object.entries((said['facts'] ?? {}) as Readonly<Record<Fact, number>>).map(
    ([fact, value]) => `${wording.say(factTitles[fact as Fact])} ${value}`,
  );
  const lateness = late ? [wording.of('上一环节超时', 'the step before was late')] : [];
  return [...(text === '' ? [] : [text.replace(/[。.]$/, '')]), ...named, ...facts, ...lateness].join(stop);
}

function valueOf(wording: Wording, name: string, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  const code = coded[name]?.[value as Grade];
  if (code) return wording.say(code);
  if (name === 'position') return wording.position(value);
  if (name === 'urgent') return value === true ? wording.of('是', 'yes') : '';
  if (typeof value === 'object' && 'zh' in value) return wording.say(value as Title);
  return String(value);
}
