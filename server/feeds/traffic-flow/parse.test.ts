import { describe, expect, it } from 'vitest';
import { flowStation } from '../../../contracts/layers/flow-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseTrafficFlow } from './parse.ts';

const station = {
  id: 'f1',
  lon: 105.8,
  lat: 32.4,
  time: '2026-07-16T14:30:00+08:00',
  windowS: 300,
  volume: 100,
  heavyVolume: 25,
};

function read(item: unknown) {
  const sink = createCollectingSink();
  parseTrafficFlow(new TextEncoder().encode(JSON.stringify({ items: [item] })), sink);
  return sink;
}

describe('parseTrafficFlow', () => {
  it('scales the count of the window to one hour', () => {
    expect(read(station).rowsOf(flowStation)[0]?.values).toMatchObject({ flowVehH: 1200, heavySharePct: 25 });
  });

  it('an empty road has no share of heavy vehicles', () => {
    expect(read({ ...station, volume: 0, heavyVolume: 0 }).rowsOf(flowStation)[0]?.values).toMatchObject({
      flowVehH: 0,
      heavySharePct: null,
    });
  });

  it('a faulty device speaks with bad quality', () => {
    expect(read({ ...station, status: 'fault' }).rowsOf(flowStation)[0]?.quality).toBe('bad');
  });

  it('a window of no length is rejected', () => {
    expect(read({ ...station, windowS: 0 }).rejects[0]?.code).toBe('record/range');
  });
});
