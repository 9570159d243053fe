import { describe, expect, it } from 'vitest';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseReservoirs } from './parse.ts';

const dam = {
  stcd: 'r-1',
  name: '坝',
  lon: 105.6,
  lat: 32.5,
  time: '2026-07-16T14:30:00+08:00',
  z: 581.2,
  floodLimitM: 583,
};

function read(items: unknown[]) {
  const sink = createCollectingSink();
  parseReservoirs(new TextEncoder().encode(JSON.stringify({ items })), sink);
  return sink;
}

describe('parseReservoirs', () => {
  it('counts the gates that are open', () => {
    const gates = [
      { no: 1, openM: 0 },
      { no: '2', openM: 1.5 },
      { no: 3, openM: null },
    ];
    const [row] = read([{ ...dam, gates }]).rowsOf(reservoir);
    expect(row?.values).toMatchObject({ gatesOpen: 1, gates: ['1: 0 m', '2: 1.5 m', '3: ? m'] });
  });

  it('says nothing about gates the source does not list', () => {
    expect(read([dam]).rowsOf(reservoir)[0]?.values).toMatchObject({ gatesOpen: null, gates: null });
  });

  it('rejects a level that is text', () => {
    const sink = read([{ ...dam, z: '581.2' }, dam]);
    expect(sink.rejects).toHaveLength(1);
    expect(sink.rejects[0]?.detail).toContain('/z');
    expect(sink.rows).toHaveLength(1);
  });
});
