import { describe, expect, it } from 'vitest';
import { resource } from '../../../contracts/layers/resource.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseResources } from './parse.ts';

const store = {
  ...{ id: 's-1', kind: 'store', name: '库', lon: 105.6, lat: 32.5, time: '2026-07-16T14:30:00+08:00' },
  values: { boats: 12.4, tents: 0 },
  totals: { boats: 30 },
};

function read(items: unknown[]) {
  const sink = createCollectingSink();
  parseResources(new TextEncoder().encode(JSON.stringify({ synthetic: true, items })), sink);
  return sink;
}

describe('parseResources', () => {
  it('keeps nothing, none and unknown apart', () => {
    const [row] = read([store]).rowsOf(resource);
    expect(row?.values).toMatchObject({ boats: 12, boatsTotal: 30, tents: 0, tentsTotal: null, beds: null });
  });

  it('rejects an amount below nothing, a kind it does not know and a time without an offset, and keeps the rest', () => {
    const sink = read([
      { ...store, values: { boats: -1 } },
      { ...store, kind: 'castle' },
      { ...store, time: '2026-07-16 14:30' },
      store,
    ]);
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/range', 'record/enum', 'record/time']);
    expect(sink.rowsOf(resource)).toHaveLength(1);
  });
});
