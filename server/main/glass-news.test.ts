import { expect, test } from 'vitest';
import type { BrokenGlass } from '../../contracts/records/break-glass.ts';
import { newsOfGlass } from './glass-news.ts';

const MINUTE = 60_000;
const AT = Date.UTC(2026, 6, 15, 4);
const held: BrokenGlass = {
  ...{ id: 12, account: 'li', name: '李', role: 'duty-chief', roleTitle: { zh: '值班长', en: 'Duty chief' } },
  ...{ reason: '值班长失联', at: AT, until: AT + 30 * MINUTE, state: 'held', ended: null, review: null },
};
const nameOf = (id: string) => (id === 'sec' ? '王' : null);
const told = (glass: BrokenGlass, since = 0) =>
  newsOfGlass([glass], { since, nameOf }).map(({ what, by, reason, at }) => [what, by, reason, at - AT]);

test('what was taken, ended by itself or by somebody, and found is each told at its moment', () => {
  expect(told(held)).toEqual([['take', '李', '值班长失联', 0]]);
  expect(told({ ...held, state: 'ended' }).at(-1)).toEqual(['end', '李', '到时自动结束', 30 * MINUTE]);
  const ended = { by: 'sec', at: AT + MINUTE, reason: '收回' };
  const review = { by: 'sec', at: AT + 9 * MINUTE, reason: '未联系', isJustified: false };
  expect(told({ ...held, state: 'reviewed', ended, review }).slice(1)).toEqual([
    ['end', '王', '收回', MINUTE],
    ['review', '王', '未联系', 9 * MINUTE],
  ]);
});

test('what is older than a day before a start is told no more', () => {
  expect(told({ ...held, state: 'ended' }, AT + MINUTE)).toEqual([
    ['end', '李', '到时自动结束', 30 * MINUTE],
  ]);
});
