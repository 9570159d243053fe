import { expect, it } from 'vitest';
import { dumpOf, dumpText } from './dump.ts';

it('writes text as its UTF-8 bytes', () => {
  const lines = dumpOf({ raw: 'lat=甲', encoding: 'text' });
  expect(lines).toEqual([{ at: '0000', hex: '6c 61 74 3d e7 94 b2', text: 'lat=···' }]);
});

it('hides every byte of which a digit is masked', () => {
  const [line] = dumpOf({ raw: '7e138****56780', encoding: 'hex' });
  expect(line).toEqual({ at: '0000', hex: '7e 13 ** ** ** 67 80', text: '~·***g·' });
});

it('goes on line by line, also in the copy', () => {
  const lines = dumpOf({ raw: 'a'.repeat(40), encoding: 'text' });
  expect(lines.map(({ at }) => at)).toEqual(['0000', '0010', '0020']);
  const [first = '', , last = ''] = dumpText(lines).split('\n');
  expect(last.indexOf('aaaaaaaa')).toBe(first.indexOf('aaaaaaaa'));
});

it('is nothing for nothing', () => expect(dumpOf({ raw: '', encoding: 'text' })).toEqual([]));
