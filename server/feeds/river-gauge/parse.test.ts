import { describe, expect, it } from 'vitest';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRiverGauges } from './parse.ts';

const gauge = {
  stcd: 'g-1',
  name: '昭化',
  lon: 105.7,
  lat: 32.3,
  time: '2026-07-16T14:30:00+08:00',
  z: 455.42,
  q: 1280.5,
  trend: 5,
};

function read(items: unknown[]) {
  const sink = createCollectingSink();
  parseRiverGauges(new TextEncoder().encode(JSON.stringify({ items })), sink);
  return sink;
}

describe('parseRiverGauges', () => {
  it('maps level, flow and trend', () => {
    const [row] = read([gauge]).rowsOf(riverGauge);
    expect(row?.id).toBe('g-1');
    expect(row?.values).toMatchObject({ levelM: 455.42, flowM3S: 1280.5, trend: 'rising', warningM: null });
  });

  it.each([
    [4, 'falling'],
    [5, 'rising'],
    [6, 'steady'],
  ])('trend %s is %s', (code, name) => {
    expect(read([{ ...gauge, trend: code }]).rowsOf(riverGauge)[0]?.values.trend).toBe(name);
  });

  it('rejects an unknown trend and keeps the rest', () => {
    const sink = read([{ ...gauge, trend: 9 }, gauge]);
    expect(sink.rejects.map((reject) => reject.code)).toEqual(['record/enum']);
    expect(sink.rows).toHaveLength(1);
  });

  it('rejects a time without offset', () => {
    expect(read([{ ...gauge, time: '2026-07-16 14:30' }]).rejects[0]?.code).toBe('record/time');
  });
});
