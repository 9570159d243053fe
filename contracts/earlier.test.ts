import { expect, test } from 'vitest';
import { number, oneOf, position, text, title } from './declare.ts';
import { decodeObservations } from './earlier.ts';
import { ObservationBatch } from './frame.ts';
import type { Columns } from './column.ts';
import type { Layer } from './layer.ts';
import { defineLayer } from './layer.ts';

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

const layerOf = (columns: Columns): Layer => defineLayer({ ...facts, columns });

const before = layerOf({
  position: position(),
  levelM: number(title('水位', 'Level'), ['m', 0.1, 0, 100]),
  state: oneOf(title('状态', 'State'), { on: title('开', 'On'), off: title('关', 'Off') }),
  flow: number(title('流量', 'Flow'), ['m3/s', 1, 0, 1000]),
  note: text(title('备注', 'Note'), 80),
  owner: text(title('单位', 'Owner'), 40),
});

/** A column removed, one added, one finer and wider, one with another code more, one in another unit, one shorter. */
const now = layerOf({
  note: text(title('备注', 'Note'), 10),
  state: oneOf(title('状态', 'State'), {
    fault: title('故障', 'Fault'),
    off: title('关', 'Off'),
    on: title('开', 'On'),
  }),
  levelM: number(title('水位', 'Level'), ['m', 0.01, -100, 6000]),
  flow: number(title('流量', 'Flow'), ['mm', 1, 0, 1000]),
  position: position(),
  batteryPct: number(title('电量', 'Battery'), ['percent', 1, 0, 100]),
});

function written(layer: Layer): Uint8Array {
  const batch = new ObservationBatch(layer);
  for (const [key, levelM, state, note] of [
    ['a', 12.3, 'on', 'short'],
    ['b', null, 'off', 'a note that is too long today'],
    ['a', 12.4, 'off', null],
  ] as const) {
    batch.append({
      key,
      validAt: 1_784_181_600_000,
      revision: 7,
      quality: 'suspect',
      source: 'gauges',
      regionCode: '510802',
      values: { position: [105.8, 32.4], levelM, state, note, flow: 5, owner: '水利局' },
    });
  }
  return batch.encode({ world: 'live', tick: 3, knownAt: 1_784_181_601_000 });
}

test('a batch of an earlier declaration is read by the names of the columns', () => {
  const batch = decodeObservations(now, written(before), (slug, schema) =>
    slug === before.slug && schema === before.schema ? before : null,
  );
  const rows = Array.from({ length: batch.count }, (_, index) => batch.row(index));
  const head = { quality: 'suspect', source: 'gauges', regionCode: '510802', revision: 7 };
  const gone = { flow: null, batteryPct: null };
  const at = [105.8, 32.4];
  expect(rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))).toMatchObject([
    { ...head, key: 'a', values: { ...gone, position: at, levelM: 12.3, state: 'on', note: 'short' } },
    { ...head, key: 'a', values: { ...gone, position: at, levelM: 12.4, state: 'off', note: null } },
    { ...head, key: 'b', values: { ...gone, position: at, levelM: null, state: 'off', note: null } },
  ]);
  expect(Object.keys(rows[0]?.values ?? {}).sort()).toEqual(Object.keys(now.columns).sort());
});

test('a declaration nobody knows is refused by name, the one of today is read as it is', () => {
  expect(() => decodeObservations(now, written(before), () => null)).toThrow('frame/schema');
  const other = defineLayer({ ...facts, slug: 'other', columns: now.columns });
  expect(() => decodeObservations(other, written(before), () => before)).toThrow('frame/layer');
  const asked: string[] = [];
  const same = decodeObservations(before, written(before), (slug) => (asked.push(slug), null));
  expect([same.count, asked]).toEqual([3, []]);
});
