import { describe, expect, it } from 'vitest';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseReleasePlans } from './parse.ts';

const plan = {
  planNo: 'no-1',
  reservoir: 'baozhusi',
  scheme: '甲',
  name: '甲 错峰拦洪',
  issuedAt: '2026-07-17T05:00:00+08:00',
  state: 'drafted',
  steps: [
    { from: '2026-07-17T05:00:00+08:00', outflow: 2000 },
    { from: '2026-07-17T09:00:00+08:00', outflow: 1500 },
  ],
};
const station = (_: string, id: string) =>
  id === 'baozhusi' ? { name: '宝珠寺', lon: '105.622', lat: '32.512' } : null;

function read(items: unknown[]) {
  const sink = createCollectingSink();
  parseReleasePlans(new TextEncoder().encode(JSON.stringify({ items })), { sink, station });
  return sink;
}

describe('parseReleasePlans', () => {
  it('keeps the steps, at the reservoir', () => {
    const [row] = read([plan]).rowsOf(releasePlan);
    const from = Date.parse(plan.steps[0]?.from ?? '');
    expect(row?.values).toMatchObject({
      ...{ position: [105.622, 32.512], reservoir: '宝珠寺', scheme: '甲', state: 'drafted' },
      ...{ maxM3S: 2000, fromAt: from, steps: [`${from} 2000`, `${from + 4 * 3_600_000} 1500`] },
    });
  });

  it('a scheme that is withdrawn is a higher revision of the same moment', () => {
    const drafted = read([plan]).rowsOf(releasePlan)[0];
    const withdrawn = read([{ ...plan, state: 'withdrawn' }]).rowsOf(releasePlan)[0];
    expect(withdrawn?.validAt).toBe(drafted?.validAt);
    expect(withdrawn?.revision).toBeGreaterThan(drafted?.revision ?? NaN);
  });

  it.each([
    ['a moment that cannot be read', { issuedAt: 'now' }, 'record/time'],
    ['steps that do not rise', { steps: [...plan.steps].reverse() }, 'record/shape'],
    ['another state', { state: 'ordered' }, 'record/enum'],
  ])('rejects %s', (_, wrong, code) => {
    const sink = read([{ ...plan, ...wrong }, plan]);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toHaveLength(1);
  });
});
