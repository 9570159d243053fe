import { expect, it } from 'vitest';
import { alert } from '../../contracts/layers/alert.ts';
import { LayerTable } from '../../contracts/table.ts';
import { newAlarms } from './alarm-sound.ts';
import { countAlerts, standingAlerts } from './alerts.ts';

const T0 = Date.UTC(2026, 6, 16, 12);

function tableOf(rows: Readonly<Record<string, object>>): LayerTable<(typeof alert)['columns']> {
  const table = new LayerTable(alert);
  for (const [key, values] of Object.entries(rows))
    table.put({ key, validAt: T0, source: 's', values: { title: key, severity: 'yellow', ...values } });
  return table;
}

it('puts what nobody has seen first, then the worst, then the newest', () => {
  const table = tableOf({
    shelved: { state: 'shelved', severity: 'red', until: T0 + 1000 },
    seen: { state: 'acknowledged', severity: 'red' },
    old: { state: 'open', since: T0 - 5000 },
    new: { state: 'open', since: T0, signals: 12, marks: 3 },
    worst: { state: 'open', severity: 'orange', since: T0 - 9000 },
  });
  expect(standingAlerts(table).map(({ id }) => id)).toEqual(['worst', 'new', 'old', 'seen', 'shelved']);
  expect(standingAlerts(table)[1]).toMatchObject({ alarm: true, chattering: true, signals: 12 });
  expect(standingAlerts(null)).toEqual([]);
});

it('lets only alarms be heard, once, and none that somebody has acknowledged', () => {
  const all = standingAlerts(
    tableOf({
      a: { state: 'open', marks: 1 },
      b: { state: 'open', marks: 0 },
      c: { state: 'acknowledged', marks: 1 },
      d: { state: 'open', marks: 1 },
    }),
  );
  expect(newAlarms(all, new Set(['d'])).map(({ id }) => id)).toEqual(['a']);
});

it('counts by level, the worst first, and says how many nobody has seen; what is shelved is not counted', () => {
  const table = tableOf({
    a: { state: 'open' },
    b: { state: 'acknowledged' },
    c: { state: 'acknowledged', severity: 'red' },
    d: { state: 'shelved', severity: 'orange', until: T0 + 1000 },
  });
  expect(countAlerts(table)).toEqual([
    { level: 'red', count: 1, open: 0 },
    { level: 'yellow', count: 2, open: 1 },
  ]);
  expect(countAlerts(null)).toEqual([]);
});
