import { describe, expect, it } from 'vitest';
import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { congestionLevel, createRoadSpeedReader } from './parse.ts';

const bytes = (items: unknown[]) => new TextEncoder().encode(JSON.stringify({ items }));
const segment = {
  id: 's',
  freeFlowKmh: 50,
  line: [
    [105, 32],
    [105.1, 32],
  ],
};
const speed = { id: 's', time: '2026-07-16T14:30:00+08:00', speedKmh: 20 };

describe('congestionLevel', () => {
  it.each([
    [35, 'free'],
    [25, 'mostly_free'],
    [20, 'light'],
    [15, 'moderate'],
    [14.9, 'severe'],
    [0, 'severe'],
  ])('%s of 50 km/h is %s', (kmh, level) => {
    expect(congestionLevel(kmh, 50)).toBe(level);
  });
});

describe('createRoadSpeedReader', () => {
  it('joins the shape on the first row only', () => {
    const sink = createCollectingSink();
    const reader = createRoadSpeedReader(sink);
    reader.segments(bytes([segment]));
    reader.speeds(bytes([speed]));
    reader.speeds(bytes([speed]));
    const [first, second] = sink.rowsOf(roadSpeed);
    expect(first?.values.line).toEqual({ type: 'LineString', coordinates: segment.line });
    expect(first?.values.level).toBe('light');
    expect(second?.values).toEqual({ speedKmh: 20, samples: null, level: 'light' });
  });

  it('rejects the speed of an unknown segment', () => {
    const sink = createCollectingSink();
    createRoadSpeedReader(sink).speeds(bytes([speed]));
    expect(sink.rejects[0]?.code).toBe('record/unknown-device');
  });

  it('no speed is no level', () => {
    const sink = createCollectingSink();
    const reader = createRoadSpeedReader(sink);
    reader.segments(bytes([segment]));
    reader.speeds(bytes([{ ...speed, speedKmh: null }]));
    expect(sink.rowsOf(roadSpeed)[0]?.values).toMatchObject({ speedKmh: null, level: null });
  });
});
