import { expect, test } from 'vitest';
import { number, position, text, title } from './declare.ts';
import { FramesUnder } from './frames-under.ts';
import { FrameReceiver, StreamEncoder } from './frame.ts';
import { defineLayer } from './layer.ts';
import { LayerTable } from './table.ts';

const facts = {
  slug: 'gauge',
  title: title('测站', 'Gauges'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
} as const;
const place = position();
const before = defineLayer({
  ...facts,
  columns: {
    position: place,
    levelM: number(title('水位', 'Level'), ['m', 0.1, 0, 100]),
    owner: text(title('单位', 'Owner'), 40),
  },
});
const today = defineLayer({
  ...facts,
  columns: {
    levelM: number(title('水位', 'Level'), ['m', 0.01, -10, 60]),
    position: place,
    note: text(title('备注', 'Note'), 40),
  },
});
const stream = { world: 'live', label: 'public' } as const;

/** Rows as they are read today. */
const rowsOf = (table: LayerTable): unknown[] =>
  [...table.rows()]
    .map(({ key, validAt, values }) => ({ key, validAt, ...values }))
    .sort((a, b) => a.key.localeCompare(b.key));

test('a stream of an earlier declaration goes on under that of today, key frames in between and from each of them', () => {
  const table = new LayerTable(before);
  const encoder = new StreamEncoder(table, { ...stream, rateS: 1, cells: [''], cellOf: () => 0 });
  const under = new FramesUnder(before, today, stream);
  const seen = new FrameReceiver(today, 'public');
  let late: FrameReceiver | null = null;
  let keys = 0;
  for (let tick = 1; tick <= 60; tick += 1) {
    const key = `g${(tick * 7) % 9}`;
    if (tick % 11 === 0 && table.slotOf(key) >= 0) table.remove(table.slotOf(key), 'gone');
    else
      table.put({
        key,
        validAt: tick * 1000,
        source: 'x',
        values: { position: [105, 32], levelM: tick * 1.5, owner: 'a' },
      });
    encoder.note();
    table.clearChanges();
    const [delta] = encoder.encode(tick, tick * 1000);
    const isKey = tick === 1 || tick % 20 === 0;
    const frame = isKey ? encoder.key(0, tick, tick * 1000) : delta?.bytes;
    if (!frame) continue;
    const said = under.say(frame);
    if (isKey) {
      keys += 1;
      late = new FrameReceiver(today, 'public');
    }
    if (said) for (const receiver of [seen, late]) receiver?.apply(said);
    const expected = [...table.rows()]
      .map(({ key: id, validAt, values }) => ({
        ...{ key: id, validAt, position: values.position, note: null },
        levelM: (values.levelM ?? 99) <= 60 ? values.levelM : null,
      }))
      .sort((a, b) => a.key.localeCompare(b.key));
    expect(rowsOf(seen.table)).toEqual(expected);
    expect(rowsOf((late as FrameReceiver).table)).toEqual(expected);
  }
  expect(keys).toBe(4);
  expect(table.size).toBeGreaterThan(3);
});
