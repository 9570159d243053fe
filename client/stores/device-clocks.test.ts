import { afterEach, expect, test, vi } from 'vitest';
import { clocksOf, deviceClocks, deviceClocksFault, loadDeviceClocks } from './device-clocks.ts';

const device = { layer: 'noise-station', key: 'K', name: '', offMs: 60_000, isSilent: false };

afterEach(() => vi.unstubAllGlobals());

test('feeds without such devices are left out, those with the most come first', () => {
  const reports = [
    { id: 'a', clocks: { count: 1, worst: [device] } },
    { id: 'older-server' },
    { id: 'well', clocks: { count: 0, worst: [] } },
    { id: 'b', clocks: { count: 2, worst: [device, device] } },
    { id: 'silenced', clocks: { count: 0, worst: [{ ...device, isSilent: true }] } },
  ];
  expect(clocksOf(reports).map(({ feed, count }) => [feed, count])).toEqual([
    ['b', 2],
    ['a', 1],
    ['silenced', 0],
  ]);
});

test('what was known stays while the server does not answer, and the fault is said', async () => {
  const answer = [{ id: 'a', clocks: { count: 1, worst: [device] } }];
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(answer)));
  await loadDeviceClocks();
  expect(deviceClocks.value).toHaveLength(1);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 403 })));
  await loadDeviceClocks();
  expect([deviceClocks.value?.length, deviceClocksFault.value]).toEqual([1, '/api/feeds: 403']);
});
