import { expect, test } from 'vitest';
import { createFaultBook, type FaultRequest } from './fault-book.ts';
import { toGcj02 } from './gcj02.ts';

const START = Date.parse('2026-07-16T06:00:00Z');
const record = {
  id: 'a',
  time: '2026-07-16T14:00:00+08:00',
  lon: 105.8224,
  lat: 32.4346,
  speedKmh: 40,
  revision: 1,
};

function book(request: Omit<FaultRequest, 'feed'>) {
  let now = START;
  const faults = createFaultBook(() => now, 1);
  faults.add({ feed: 'x', ...request });
  return {
    faults,
    pass: (s: number) => (now += s * 1000),
    send: (r: object = record) => faults.records('x', [r]) as Record<string, unknown>[],
  };
}

test('other feeds and feeds without faults are untouched', () => {
  const { faults } = book({ fault: 'duplicate' });
  expect(faults.records('y', [record])).toEqual([record]);
  expect(faults.mark('y')).toBeNull();
});

test('duplicate repeats, burst repeats fifty times with earlier times', () => {
  expect(book({ fault: 'duplicate', amount: 3 }).send()).toEqual([record, record, record]);
  const burst = book({ fault: 'burst' }).send();
  expect(burst).toHaveLength(50);
  expect(burst[49]?.['time']).toBe('2026-07-16T13:59:11+08:00');
});

test('skew shifts times and keeps their zone', () => {
  expect(book({ fault: 'skew', amount: 300 }).send()[0]?.['time']).toBe('2026-07-16T14:05:00+08:00');
  expect(book({ fault: 'skew', amount: -60 }).send({ timestamp: 120_000 })[0]?.['timestamp']).toBe(60_000);
});

test('crs sends GCJ-02 where WGS-84 is promised', () => {
  const [lon, lat] = toGcj02([record.lon, record.lat]);
  const sent = book({ fault: 'crs' }).send()[0];
  expect(sent?.['lon']).toBeCloseTo(lon, 6);
  expect(sent?.['lat']).toBeCloseTo(lat, 6);
  const metres = Math.hypot((lon - record.lon) * 94_000, (lat - record.lat) * 111_000);
  expect(metres).toBeGreaterThan(200);
  expect(metres).toBeLessThan(800);
});

test('crs converts shapes inside a record too', () => {
  const area = {
    geocode: '510802',
    polygon: [
      [105.8, 32.4],
      [105.9, 32.5],
    ],
  };
  const sent = book({ fault: 'crs' }).send({ identifier: 'w', areas: [area] })[0];
  const [p] = (sent?.['areas'] as { polygon: number[][] }[])[0]?.polygon ?? [];
  expect(p?.[0]).toBeCloseTo(toGcj02([105.8, 32.4])[0], 6);
});

test('schema renames one field', () => {
  const sent = book({ fault: 'schema', field: 'speedKmh', to: 'speed' }).send()[0];
  expect(sent).not.toHaveProperty('speedKmh');
  expect(sent?.['speed']).toBe(40);
});

test('frozen keeps the first values while time goes on', () => {
  const { send } = book({ fault: 'frozen' });
  send();
  const later = send({ ...record, time: '2026-07-16T14:01:00+08:00', speedKmh: 55, lon: 105.9 })[0];
  expect(later).toMatchObject({ time: '2026-07-16T14:01:00+08:00', speedKmh: 40, lon: 105.8224 });
});

test('correct adds an older report with other values and a new revision', () => {
  const sent = book({ fault: 'correct' }).send();
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({
    id: 'a',
    time: '2026-07-16T13:50:00+08:00',
    speedKmh: 36,
    revision: 2,
    lon: 105.8224,
  });
});

test('reorder keeps the objects but not the order of their times', () => {
  const { faults } = book({ fault: 'reorder' });
  const many = Array.from({ length: 20 }, (_, i) => ({ id: `o${i}`, time: START + i * 1000 }));
  const sent = faults.records('x', many);
  expect(new Set(sent.map((r) => r.id)).size).toBe(20);
  expect(sent.map((r) => r.id)).not.toEqual(many.map((r) => r.id));
});

test('corrupt damages the share of messages it was given', () => {
  const bytes = Buffer.from('0123456789'.repeat(30));
  const all = book({ fault: 'corrupt', amount: 1 }).faults;
  expect(
    Array.from({ length: 50 }, () => all.bytes('x', bytes)).filter((b) => b.equals(bytes)).length,
  ).toBeLessThan(3);
  const none = book({ fault: 'corrupt', amount: 0 }).faults;
  expect(none.bytes('x', bytes)).toBe(bytes);
});

test('transport faults are told and end by themselves', () => {
  const { faults, pass } = book({ fault: 'delay', amount: 7, forS: 60 });
  faults.add({ feed: 'x', fault: 'stop', forS: 30 });
  faults.add({ feed: 'x', fault: 'slow', amount: 100 });
  expect(faults.transport('x')).toEqual({ stopped: true, delayMs: 7_000, bytesPerS: 100 });
  pass(31);
  expect(faults.transport('x').stopped).toBe(false);
  pass(30);
  expect(faults.transport('x')).toEqual({ stopped: false, delayMs: 0, bytesPerS: 100 });
  faults.clear('x');
  expect(faults.list()).toEqual([]);
});
