import { expect, it } from 'vitest';
import { eventsOf } from './event.fixture.ts';
import { openRoadEvents } from './events.ts';

const NOW = Date.UTC(2026, 6, 15);

it('closures stand first, then the graver, then the newer; what is over is not listed', () => {
  const table = eventsOf(
    [
      { kind: 'accident', road: 'G5', kMark: 'K18', severity: 'blue', ageS: 60 },
      { kind: 'accident', title: '追尾', severity: 'orange', ageS: 600 },
      { kind: 'closure', road: 'G108', ageS: 900 },
      { kind: 'closure', road: 'G212', status: 'closed', ageS: 10 },
    ],
    NOW,
  );
  expect(openRoadEvents(table).map(({ where }) => where)).toEqual(['G108', '追尾', 'G5 K18']);
  expect(openRoadEvents(null)).toEqual([]);
});
