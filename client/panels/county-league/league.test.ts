import { expect, it } from 'vitest';
import type { IncidentBoard, Standing } from '../../../contracts/records/incident-board.ts';
import { FEWEST, leagueOf } from './league.ts';

const DAY = 86_400_000;
const county = (id: string, change: Partial<Standing>): Standing => ({
  ...{ id, name: { zh: id, en: id }, open: 0, overdue: 0, supervised: 0, reported: 0, closed: 0 },
  ...{ inTimePct: null, closedPct: null, medianHours: null, satisfaction: null, rated: 0, score: null },
  ...change,
});
const board = (...counties: Standing[]): IncidentBoard => ({
  ...{ from: 0, to: 30 * DAY, whole: county('', {}), stages: {}, units: [], flows: [], counties },
});

it('ranks by score who has enough cases; who has fewer stands below without a place, however good', () => {
  const league = leagueOf(
    board(
      county('510811', { reported: 1, closed: 1, score: 100, medianHours: 1 }),
      county('510802', { reported: FEWEST, closed: 4, overdue: 2, score: 70, medianHours: 6.5 }),
      county('510812', { reported: 9, closed: 9, score: 95 }),
      county('510824', {}),
    ),
    7,
  );
  expect(league.rows.map(({ id, place, score }) => [id, place, score])).toEqual([
    ['510812', 1, 95],
    ['510802', 2, 70],
    ['510811', null, null],
    ['510824', null, null],
  ]);
  expect(league.rows[1]).toMatchObject({ closed: 4, reported: FEWEST, overdue: 2, medianHours: 6.5 });
  expect(league).toMatchObject({ left: 0, ranked: 2, reported: 15, days: 30 });
});

it('has no place for anybody where there is too little, and counts what lies in no county nowhere', () => {
  const league = leagueOf(
    board(county('510800', { reported: 40, score: 90 }), county('510802', { reported: 4, score: 99 })),
    1,
  );
  expect(league).toMatchObject({ ranked: 0, reported: 4, left: 0 });
  expect(league.rows).toMatchObject([{ id: '510802', place: null, score: null }]);
});

it('says how many are not shown, and gives equals their places in the order of the codes', () => {
  const same = { reported: 8, score: 80 };
  const league = leagueOf(board(county('510812', same), county('510802', same), county('510811', same)), 2);
  expect(league.rows.map(({ id, place }) => [id, place])).toEqual([
    ['510802', 1],
    ['510811', 2],
  ]);
  expect(league.left).toBe(1);
});
