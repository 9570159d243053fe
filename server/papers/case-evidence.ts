// The evidence of a case file: each copy with its number, values, source, quality, both clocks and hash.
import type { Evidence } from '../../contracts/records/incident.ts';
import { title } from '../../contracts/declare.ts';
import type { CaseFileParts } from './case-file.ts';
import { bound } from './case-references.ts';
import type { Block, TableRow } from './paper.ts';
import type { Wording } from './wording.ts';

const qualities = {
  good: title('良好', 'good'),
  suspect: title('存疑', 'suspect'),
  bad: title('不可用', 'bad'),
  estimated: title('估计', 'estimated'),
  manual: title('人工', 'manual'),
  simulated: title('模拟', 'simulated'),
} as const;

export function evidenceBlocks({ incident, hashes, withheld, wording }: CaseFileParts): Block[] {
  const { of } = bound(wording);
  if (incident.evidence.length === 0)
    return [{ kind: 'text', words: [of('未引用数据作为依据。', 'No rows were taken as evidence.')] }];
  return incident.evidence.flatMap((one, at): Block[] => [
    {
      kind: 'heading',
      level: 2,
      anchor: `evidence-${at + 1}`,
      text: `${of('证', 'E')}${at + 1} ${wording.layer(one.layer)}：${one.name}`,
    },
    {
      kind: 'table',
      heads: [of('项目', 'Item'), of('内容', 'What')],
      shares: [3, 10],
      rows: [
        ...valuesOf(wording, one),
        ...factsOf(wording, one, hashes[at] ?? ''),
        ...hiddenIn(wording, withheld[at]),
      ],
    },
  ]);
}

const pair = (name: string, value: string): TableRow => ({ cells: [[name], [value]] });

function valuesOf(wording: Wording, { layer, values }: Evidence): TableRow[] {
  return Object.entries(values).flatMap(([column, value]) => {
    const said = wording.value(layer, column, value);
    return said ? [pair(...said)] : [];
  });
}

function factsOf(wording: Wording, one: Evidence, hash: string): TableRow[] {
  const { of, say } = bound(wording);
  const quality = qualities[one.quality as keyof typeof qualities];
  return [
    pair(of('图层/键', 'Layer/key'), `${one.layer}/${one.key}`),
    pair(
      of('来源', 'Source'),
      `${one.source}${one.synthetic ? of('（演示数据）', ' (demonstration data)') : ''}`,
    ),
    pair(of('质量', 'Quality'), quality ? say(quality) : one.quality),
    pair(of('数据时刻', 'Valid at'), wording.moment(one.validAt)),
    pair(of('引用时刻', 'Copied at'), wording.moment(one.knownAt)),
    pair('SHA-256', hash),
  ];
}

function hiddenIn(wording: Wording, count = 0): TableRow[] {
  if (count === 0) return [];
  return [
    pair(wording.of('未列出', 'Left out'), wording.of(`${count} 个字段（密级）`, `${count} values (class)`)),
  ];
}
