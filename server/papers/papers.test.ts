// Papers: the golden text of a small case, its references, and what Word and PDF hold when they are opened again.
import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Incident } from '../../contracts/records/incident.ts';
import { foldIncidents } from '../command/fold.ts';
import { caseFile } from './case-file.ts';
import { FontShelf } from './font-shelf.ts';
import { breakLines, lettersOf } from './lines.ts';
import { linesOf, looseEnds } from './paper.ts';
import { Press } from './press.ts';
import { smallCaseLog, smallCaseParts } from './small-case.test-kit.ts';

const caseParts = (language: 'zh' | 'en' = 'zh') =>
  smallCaseParts(foldIncidents(smallCaseLog()).get(11) as Incident, language);

test('the text of a small case is as it was agreed, in both languages', async () => {
  await expect(linesOf(caseFile(caseParts('zh'))).join('\n')).toMatchFileSnapshot('small-case.zh.txt');
  await expect(linesOf(caseFile(caseParts('en'))).join('\n')).toMatchFileSnapshot('small-case.en.txt');
});

test('every reference of a case leads somewhere, and each figure has one', () => {
  const paper = caseFile(caseParts());
  expect(looseEnds(paper)).toEqual([]);
  expect(looseEnds({ ...paper, blocks: [{ kind: 'note', words: [{ text: '?', to: 'nowhere' }] }] })).toEqual([
    'nowhere',
  ]);
  const facts = paper.blocks.filter((block) => block.kind === 'table')[1];
  const cells = facts?.rows.map(({ cells: [name, value, from] }) => [name, value, from]);
  expect(cells).toEqual([
    [['重伤（人）'], ['2'], [{ text: '〔录3〕', to: 'log-3' }]],
    [['转移安置（人）'], ['120'], [{ text: '〔录3〕', to: 'log-3' }]],
  ]);
});

test('Word: the text, the links and their ends, the photo and the mark are in it', async () => {
  const paper = caseFile(caseParts());
  const files = unzipSync(await new Press().print(paper, 'docx'));
  const body = strFromU8(files['word/document.xml'] ?? new Uint8Array());
  const text = [...body.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, part]) => part).join('');
  for (const line of linesOf(paper))
    for (const cell of line.split(' | '))
      expect(text).toContain(cell.replaceAll('\n', '').replaceAll('&', '&amp;'));
  const ends = new Set([...body.matchAll(/<w:bookmarkStart[^>]*w:name="([^"]+)"/g)].map(([, name]) => name));
  const links = [...body.matchAll(/<w:hyperlink[^>]*w:anchor="([^"]+)"/g)].map(([, name]) => name ?? '');
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((name) => !ends.has(name))).toEqual([]);
  expect(Object.keys(files).filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
  expect(strFromU8(files['word/header1.xml'] ?? new Uint8Array())).toContain('演示数据');
  expect(body).toContain('w:pgSz w:w="11906" w:h="16838"');
});

/** Characters that the maps of the embedded faces lead back to. */
function charactersOf(pdf: Buffer): Set<string> {
  const found = new Set<string>();
  const text = pdf.toString('latin1');
  for (const { index } of text.matchAll(/stream\r?\n/g)) {
    const from = text.indexOf('\n', index) + 1;
    const to = text.indexOf('endstream', from);
    let plain: string;
    try {
      plain = inflateSync(pdf.subarray(from, to)).toString('latin1');
    } catch {
      continue;
    }
    if (!plain.includes('beginbfrange') && !plain.includes('beginbfchar')) continue;
    for (const [, codes = ''] of plain.matchAll(/<([0-9a-f]+)>/gi))
      for (let at = 0; at + 4 <= codes.length; at += 4)
        found.add(String.fromCharCode(Number.parseInt(codes.slice(at, at + 4), 16)));
  }
  return found;
}

test('PDF: every face is embedded, every character can be read out again, the pages are numbered and linked', async () => {
  const paper = caseFile(caseParts());
  const pdf = Buffer.from(await new Press().print(paper, 'pdf'));
  const text = pdf.toString('latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  const faces = [...text.matchAll(/\/Type \/FontDescriptor/g)].length;
  expect(faces).toBeGreaterThan(5);
  expect([...text.matchAll(/\/FontFile2? /g)]).toHaveLength(faces);
  expect(text).not.toContain('/Helvetica');
  const pages = [...text.matchAll(/\/Type \/Page\b(?!s)/g)].length;
  expect(pages).toBeGreaterThanOrEqual(4);
  const held = charactersOf(pdf);
  const shelf = new FontShelf();
  const wanted = new Set([...shelf.printable(linesOf(paper).join(''))].filter((one) => one.trim() !== ''));
  expect([...wanted].filter((one) => one !== '\n' && one !== '|' && !held.has(one))).toEqual([]);
  expect([...text.matchAll(/\/S \/GoTo/g)].length).toBeGreaterThan(10);
});

test('a character no face has is said in letters that are there, or marked as missing', () => {
  const shelf = new FontShelf();
  expect(shelf.printable('Ⅲ级 μg')).toBe('III级 µg');
  expect(shelf.printable('\u{10ffff}')).toBe('〓');
});

test('lines break as Chinese is set', () => {
  const lines = (text: string, width: number): string[] =>
    breakLines(
      lettersOf([text], (same) => same),
      { widthOf: () => 1, width, indent: 0 },
    ).map((line) => line.map((letter) => letter.text).join(''));
  expect(lines('事件已办结，归档', 5)).toEqual(['事件已办', '结，归档']);
  expect(lines('共（3）件', 3)).toEqual(['共', '（3）', '件']);
  expect(lines('编号 20260716-001 号', 12)).toEqual(['编号 ', '20260716-001', '号']);
  expect(lines('a'.repeat(7), 3)).toEqual(['aaa', 'aaa', 'a']);
  expect(lines('甲\n乙', 9)).toEqual(['甲', '乙']);
});
