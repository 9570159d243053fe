import { expect, test } from 'vitest';
import { apply, parseQuery, QueryError, type Entity } from './sensorthings-query.ts';

const rows: Entity[] = [1, 2, 3, 4, 5].map((n) => ({
  '@iot.id': n,
  result: n * 10,
  phenomenonTime: `2026-07-16T0${n}:00:00Z`,
  properties: { factor: n % 2 === 0 ? 'PM10' : 'PM2.5' },
}));
const none = (): undefined => undefined;
const ask = (options: Record<string, string>, top = 100) =>
  apply(rows, parseQuery(Object.entries(options), none), { navigate: none, maxTop: top });
const ids = (options: Record<string, string>): unknown[] => ask(options).page.map((e) => e['@iot.id']);

test.each<[string, number[]]>([
  ['phenomenonTime gt 2026-07-16T03:00:00Z', [4, 5]],
  ['phenomenonTime ge 2026-07-16T11:00:00+08:00 and phenomenonTime lt 2026-07-16T05:00:00Z', [3, 4]],
  ["properties/factor eq 'PM10'", [2, 4]],
  ['result gt 20 and (id eq 3 or id eq 5)', [3, 5]],
  ['not (result le 40)', [5]],
  ["properties/missing eq 'x'", []],
])('$filter=%s', (filter, expected) => {
  expect(ids({ $filter: filter })).toEqual(expected);
});

test('orders, skips and takes', () => {
  expect(ids({ $orderby: 'phenomenonTime desc', $top: '2', $skip: '1' })).toEqual([4, 3]);
  expect(ids({ $orderby: 'properties/factor desc,result asc' })).toEqual([1, 3, 5, 2, 4]);
});

test('a page says how many there are and whether more follow', () => {
  expect(ask({ $count: 'true', $top: '2' })).toMatchObject({ total: 5, more: true });
  expect(ask({ $top: '2', $skip: '3' }).more).toBe(false);
  expect(ask({}, 3).more).toBe(true);
});

test('nested $expand passes its own options on', () => {
  const navigate = (e: Entity, name: string): Entity[] | undefined =>
    name === 'Rows' && e['@iot.id'] === 99 ? rows : undefined;
  const query = parseQuery([['$expand', 'Rows($orderby=result desc;$top=1;$select=result)']], navigate);
  expect(apply([{ '@iot.id': 99 }], query, { navigate, maxTop: 100 }).page).toEqual([
    { '@iot.id': 99, Rows: [{ result: 50 }] },
  ]);
});

test.each(['result like 5', 'result gt', "geo.intersects(a,'b')", '(result gt 5', 'result gt 5 nonsense'])(
  '$filter=%s is refused',
  (filter) => {
    expect(() => parseQuery([['$filter', filter]], none)).toThrow(QueryError);
  },
);

test('unknown options and bad numbers are refused', () => {
  expect(() => parseQuery([['$apply', 'x']], none)).toThrow(QueryError);
  expect(() => parseQuery([['$top', '-1']], none)).toThrow(QueryError);
});
