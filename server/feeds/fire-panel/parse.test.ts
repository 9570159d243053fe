import { describe, expect, it } from 'vitest';
import { firePanel } from '../../../contracts/layers/fire-panel.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parsePanels } from './parse.ts';

const good = {
  id: 'e1',
  revision: 1,
  panelId: 'p1',
  name: '消控室',
  lon: 105.8,
  lat: 32.4,
  state: 'alarm',
  smokeAlarms: 2,
  pressureMPa: 0.4,
  time: '2026-07-16T14:30:00+08:00',
  synthetic: false,
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parsePanels(Buffer.from(typeof body === 'string' ? body : JSON.stringify({ events: [body] })), sink);
  return sink;
}

describe('parsePanels', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(firePanel)).toEqual([
      {
        id: 'p1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        step: 1,
        synthetic: false,
        values: { position: [105.8, 32.4], name: '消控室', state: 'alarm', smokeAlarms: 2, pressureMPa: 0.4 },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['no latitude', { ...good, lat: undefined }, 'record/shape'],
    ['time without offset', { ...good, time: '2026-07-16T14:30:00' }, 'record/time'],
    ['unknown state', { ...good, state: 'burning' }, 'record/enum'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });

  it('tells a body without events from a bad event', () => {
    const sink = createCollectingSink();
    expect(parsePanels(Buffer.from('{}'), sink)).toBe(false);
    expect(parsePanels(Buffer.from('{"events":[{}]}'), sink)).toBe(true);
    expect(sink.rejects).toHaveLength(2);
  });
});
