import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createWorld } from '../simulation.ts';

test('devices keep China Standard Time in a city of another zone too', () => {
  const config = readConfig(['--city', 'testville', '--start', '2026-07-16T14:00:00+08:00'], {}, () => 0);
  const { time, deviceTime, startAt } = createWorld(config, {
    wall: () => Date.parse('2026-07-16T14:00:00+08:00'),
    log: () => undefined,
  });
  expect(time.iso(startAt)).toBe('2026-07-16T12:00:00+06:00');
  expect(deviceTime.digits(startAt)).toBe('20260716140000');
});
