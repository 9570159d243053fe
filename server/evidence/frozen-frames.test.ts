import { expect, test } from 'vitest';
import { FrameReceiver, decodeHeader } from '../../contracts/frame.ts';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { layerOfDeclared } from '../../contracts/layer-schema.ts';
import { LayerTable } from '../../contracts/table.ts';
import { frozenTables, frozenWithin, momentIn } from './frozen-frames.ts';

const AT = 1_784_088_000_000;
const head = {
  ...{ build: 'test', madeAt: AT, isDemo: false, world: { id: 'live', kind: 'live', parent: null } as const },
  city: {
    ...{ id: 'testville', title: { zh: '试城', en: 'Testville' }, timeZone: 'Asia/Shanghai' },
    bounds: [84, 41, 85, 42] as [number, number, number, number],
  },
};

function standing() {
  const calls = new LayerTable(emergencyCall);
  const vehicles = new LayerTable(vehiclePosition);
  const facts = { validAt: AT, source: 'test', synthetic: false };
  for (const [key, regionCode] of [
    ['a', '990101'],
    ['b', '990102'],
  ] as const) {
    const values = { title: `警情 ${key}`, address: '某路', position: [84.1, 41.2] as const };
    calls.put({ ...facts, key, regionCode, values });
    vehicles.put({ ...facts, key, regionCode, values: { position: [84.1, 41.2] } });
  }
  return [
    { layer: emergencyCall, table: calls },
    { layer: vehiclePosition, table: vehicles },
  ];
}

function rowsIn(bytes: Uint8Array, slug: string) {
  const { head: told, frames } = momentIn(bytes);
  const declared = told.layers.find((one) => one.slug === slug);
  const frame = frames.find((one) => decodeHeader(one).layer === slug);
  if (!declared || !frame) return null;
  const receiver = new FrameReceiver(layerOfDeclared(declared), told.label);
  receiver.apply(frame);
  return [...receiver.table.rows()];
}

const everything = () => true;

test('what was frozen is read back row by row, with what was counted', () => {
  const frozen = frozenTables(standing(), head, AT);
  expect(frozen.layers).toMatchObject([
    { slug: 'emergency-call', rows: 2 },
    { slug: 'vehicle-position', rows: 2 },
  ]);
  expect(rowsIn(frozen.bytes, 'emergency-call')?.map(({ values }) => values['title'])).toEqual([
    '警情 a',
    '警情 b',
  ]);
});

test('a reader gets the rows of their areas, the columns of their class, and the layers they may see', () => {
  const { bytes } = frozenTables(standing(), head, AT);
  const own = frozenWithin(bytes, { label: 'public', areas: ['990101'], may: everything });
  expect(own.head.label).toBe('public');
  expect(rowsIn(own.bytes, 'emergency-call')?.map(({ key }) => key)).toEqual(['a']);
  expect(rowsIn(own.bytes, 'emergency-call')?.[0]?.values['address'] ?? null).toBeNull();
  expect(emergencyCall.columns.address.label).not.toBe('public');
  const few = frozenWithin(bytes, {
    ...{ label: 'sensitive', areas: ['*'] },
    may: (slug) => slug !== 'emergency-call',
  });
  expect(few.head.refused).toEqual(['emergency-call']);
  expect(rowsIn(few.bytes, 'emergency-call')).toBeNull();
  expect(rowsIn(few.bytes, 'vehicle-position')).toHaveLength(2);
});

test('damaged bytes are refused, never half shown', () => {
  const { bytes } = frozenTables(standing(), head, AT);
  const broken = Uint8Array.from(bytes);
  broken[broken.length - 40] = (broken[broken.length - 40] ?? 0) ^ 1;
  expect(() => momentIn(broken)).toThrow(/recording\/damaged/);
  expect(() => momentIn(bytes.subarray(0, bytes.length - 5))).toThrow(/recording\//);
});
