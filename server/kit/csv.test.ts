import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';

function rows(text: string, ...names: string[]) {
  const out: string[][] = [];
  const header = readCsv(text, (row) => out.push(names.map(row)));
  return { header, out };
}

describe('readCsv', () => {
  it.each([
    ['plain', 'a,b\n1,2\n', [['1', '2']]],
    [
      'CRLF and no end',
      'a,b\r\n1,2\r\n3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['byte order mark and spaces in the header', '\ufeff a , b \n1,2', [['1', '2']]],
    ['quotes', 'a,b\n"1,""x""\n2",3', [['1,"x"\n2', '3']]],
    ['short row', 'a,b\n1', [['1', '']]],
    ['blank lines', 'a,b\n\n1,2\n\r\n', [['1', '2']]],
    ['open quote', 'a,b\n"1,2', [['1,2', '']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => expect(rows(text, 'a', 'b').out).toEqual(expected));

  it('reads back what it is given', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '川', ' ') });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (cells) => {
        const text = ['a,b', ...cells.map(([one, two]) => `${quoted(one)},${quoted(two)}`)].join('\r\n');
        expect(rows(text, 'a', 'b').out).toEqual(cells.map(([one, two]) => [one, two]));
      }),
      { seed: 4180 },
    );
  });
});
