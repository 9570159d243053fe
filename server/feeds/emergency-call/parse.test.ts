import { describe, expect, it } from 'vitest';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseCalls } from './parse.ts';

const good = {
  id: 'c1',
  revision: 3,
  channel: '120',
  kind: '急救',
  title: '求助',
  status: 'arrived',
  level: 2,
  lon: 105.8,
  lat: 32.4,
  address: '某路',
  acceptedAt: '2026-07-16T14:20:00+08:00',
  updatedAt: '2026-07-16T14:30:00+08:00',
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseCalls(Buffer.from(typeof body === 'string' ? body : JSON.stringify({ events: [body] })), sink);
  return sink;
}

describe('parseCalls', () => {
  it('maps a report', () => {
    expect(read(good).rowsOf(emergencyCall)).toEqual([
      {
        id: 'c1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        revision: 3,
        synthetic: undefined,
        values: {
          position: [105.8, 32.4],
          channel: '120',
          kind: '急救',
          title: '求助',
          status: 'arrived',
          severity: 'orange',
          address: '某路',
          acceptedAt: Date.UTC(2026, 6, 16, 6, 20),
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['unknown channel', { ...good, channel: '122' }, 'record/enum'],
    ['level 5', { ...good, level: 5 }, 'record/range'],
    ['bad time', { ...good, updatedAt: 'now' }, 'record/time'],
    ['bad acceptance', { ...good, acceptedAt: 'now' }, 'record/time'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });

  it('tells a body without events from a bad event', () => {
    const sink = createCollectingSink();
    expect(parseCalls(Buffer.from('{}'), sink)).toBe(false);
    expect(parseCalls(Buffer.from('{"events":[{}]}'), sink)).toBe(true);
    expect(sink.rejects).toHaveLength(2);
  });
});
