import { describe, expect, it } from 'vitest';
import { townReceipt } from '../../../contracts/layers/town-receipt.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseReceipts } from './parse.ts';

const good = {
  id: 'w1/510802101',
  subject: 'warning',
  of: 'w1',
  town: '510802101',
  name: '宝轮镇',
  lon: 105.6,
  lat: 32.4,
  person: '值班员',
  receivedAt: '2026-07-16T08:03:12+08:00',
};

function read(body: unknown) {
  const sink = createCollectingSink();
  parseReceipts(Buffer.from(typeof body === 'string' ? body : JSON.stringify({ events: [body] })), sink);
  return sink;
}

describe('parseReceipts', () => {
  it('maps a receipt', () => {
    expect(read(good).rowsOf(townReceipt)).toEqual([
      {
        id: 'w1/510802101',
        validAt: Date.UTC(2026, 6, 16, 0, 3, 12),
        synthetic: undefined,
        values: {
          ...{ position: [105.6, 32.4], name: '宝轮镇', town: '510802101', subject: 'warning', of: 'w1' },
          ...{ receivedAt: Date.UTC(2026, 6, 16, 0, 3, 12), person: '值班员' },
        },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', 'record/parse'],
    ['unknown subject', { ...good, subject: 'song' }, 'record/enum'],
    ['bad time', { ...good, receivedAt: 'now' }, 'record/time'],
  ])('%s is rejected', (_, body, code) => {
    const sink = read(body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
