import { describe, expect, it } from 'vitest';
import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { parseRoadEvent } from './parse.ts';

const RECEIVED_AT = Date.UTC(2026, 6, 16, 6, 31);
const good = {
  id: 'e1',
  kind: 'closure',
  severity: 4,
  status: 'active',
  title: '封闭',
  lon: 105.9,
  lat: 32.7,
  line: [
    [105.9, 32.7],
    [105.8, 32.6],
  ],
  queueM: 500,
  startAt: '2026-07-16T14:00:00+08:00',
  reportedAt: '2026-07-16T14:30:00+08:00',
};

function read(type: string, body: unknown) {
  const sink = createCollectingSink();
  const data = typeof body === 'string' ? body : JSON.stringify(body);
  parseRoadEvent({ type, data, lastEventId: '1' }, sink, RECEIVED_AT);
  return sink;
}

describe('parseRoadEvent', () => {
  it('maps an upsert', () => {
    expect(read('upsert', good).rowsOf(roadEvent)).toEqual([
      {
        id: 'e1',
        validAt: Date.UTC(2026, 6, 16, 6, 30),
        synthetic: undefined,
        values: {
          position: [105.9, 32.7],
          line: { type: 'LineString', coordinates: good.line },
          title: '封闭',
          kind: 'closure',
          severity: 'red',
          status: 'active',
          road: null,
          direction: null,
          kMark: null,
          lanesClosed: null,
          queueM: 500,
          startAt: Date.UTC(2026, 6, 16, 6),
          endAt: null,
        },
      },
    ]);
  });

  it.each([
    [242.7, 'K242+700'],
    [3.0005, 'K3+001'],
    ['K1532+400', 'K1532+400'],
    [null, null],
  ])('reads the mark %j', (kMark, expected) => {
    expect(read('upsert', { ...good, kMark }).rowsOf(roadEvent)[0]?.values.kMark).toBe(expected);
  });

  it('maps a removal, with or without its time', () => {
    expect(read('remove', { id: 'e1', reportedAt: good.reportedAt }).removed).toMatchObject([
      { id: 'e1', reason: 'gone', validAt: Date.UTC(2026, 6, 16, 6, 30) },
    ]);
    expect(read('remove', { id: 'e1' }).removed[0]?.validAt).toBe(RECEIVED_AT);
  });

  it('counts events of other types', () => {
    expect([...read('message', good).ignored]).toEqual([['event of another type', 1]]);
  });

  it.each([
    ['upsert', '{', 'record/parse'],
    ['upsert', { ...good, kind: 'parade' }, 'record/enum'],
    ['upsert', { ...good, severity: 7 }, 'record/range'],
    ['upsert', { ...good, line: [[105.9, 32.7]] }, 'record/shape'],
    ['upsert', { ...good, endAt: 'tomorrow' }, 'record/time'],
    ['remove', {}, 'record/shape'],
    ['remove', { id: 'e1', reportedAt: 'now' }, 'record/time'],
  ])('%s %j is rejected with %s', (type, body, code) => {
    const sink = read(type, body);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });
});
