import { describe, expect, it } from 'vitest';
import { radiationStation } from '../../../contracts/layers/radiation-station.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRadiation } from './parse.ts';

function read(text: string) {
  const sink = createCollectingSink();
  parseRadiation(new TextEncoder().encode(text), sink);
  return sink;
}

describe('parseRadiation', () => {
  it('maps a station', () => {
    const sink = read(
      '{"items":[{"id":"r","lon":105.8,"lat":32.4,"time":"2026-07-16T06:30:00Z","doseRateNGyH":86.4}]}',
    );
    expect(sink.rowsOf(radiationStation)).toEqual([
      {
        id: 'r',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: undefined,
        values: { position: [105.8, 32.4], name: null, doseRateNGyH: 86.4 },
      },
    ]);
  });

  it('rejects bytes that are no JSON', () => {
    expect(read('\u0000').rejects[0]?.code).toBe('record/parse');
  });
});
