import { expect, test } from 'vitest';
import { Audit, describeFault, rowsOfLines } from './audit.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import { FIRST_HEAD, headOf, link } from './chain.ts';
import type { StoredEntry } from './chain.ts';

function chain(count: number): StoredEntry[] {
  const rows: StoredEntry[] = [];
  for (let at = 0; at < count; at += 1) {
    const said = { subject: 'system', kind: 'server/start', body: { at, note: '开' } };
    rows.push(link(headOf(rows.at(-1) ?? null), said, { world: 'live', knownAt: 1000 + at }).stored);
  }
  return rows;
}

const faultsOf = (text: string, anchor = FIRST_HEAD): readonly string[] => {
  const audit = new Audit('live', anchor);
  for (const row of rowsOfLines(text, 'live')) audit.take(row);
  return audit.finish().map(describeFault);
};

const linesOf = (rows: readonly StoredEntry[]): string => rows.map(({ text }) => `${text}\n`).join('');

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '"' }], a: undefined })).toBe('{"b":[1,{"c":"\\"","d":null}]}');
});

test('the first entry follows nothing, each other the one before', () => {
  const [first, second] = chain(2);
  expect(first?.text).toContain(`"prevHash":"${FIRST_HEAD.hash}"`);
  expect(second?.text).toContain(`"prevHash":"${first?.hash}"`);
});

test('every flipped byte of a log is found, the last entry by its head', () => {
  const rows = chain(3);
  const good = Buffer.from(linesOf(rows));
  const head = headOf(rows.at(-1) ?? null);
  expect(faultsOf(good.toString(), head)).toEqual([]);
  for (let at = 0; at < good.length - 1; at += 5) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] as number) ^ 1;
    expect(faultsOf(bad.toString(), head), `byte ${at}`).not.toEqual([]);
  }
});

test('lines that were taken out or moved are named; half a last line is not', () => {
  const rows = chain(5);
  const pick = (...seqs: number[]): string => linesOf(seqs.map((seq) => rows[seq - 1] as StoredEntry));
  expect(faultsOf(`${pick(1, 2, 3)}{"body":`)).toEqual([]);
  expect(faultsOf(pick(1, 4, 5))).toEqual(['entries 2 to 3: removed: is not there']);
  expect(faultsOf(pick(1, 3, 2, 4))).toEqual([
    'entry 2: removed: is not there',
    'entry 2: reordered: stands after entry 3',
  ]);
  expect(faultsOf(pick(1, 2), headOf(rows[4] ?? null))).toEqual([
    'entries 3 to 5: truncated: was cut off: the head kept outside is entry 5',
  ]);
});
