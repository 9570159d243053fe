import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, crc32, unzigzag, zigzag } from './bytes.ts';
import { cells, geometry, number, text, title } from './declare.ts';
import { CodedError } from './errors.ts';
import { featureCollection, featureOf } from './geojson.ts';
import { defineLayer } from './layer.ts';
import { busPosition } from './layers/bus-position.ts';
import { emergencyCall } from './layers/emergency-call.ts';
import { roadSpeed } from './layers/road-speed.ts';
import { warning } from './layers/warning.ts';
import { LayerTable } from './table.ts';

const bus = (key: string, validAt = 1): { key: string; validAt: number; source: string; values: object } => ({
  key,
  validAt,
  source: 'gtfs',
  values: {},
});

describe('LayerTable', () => {
  it('keeps values within half a step and reads tenths as tenths', () => {
    const layer = defineLayer({
      ...busPosition,
      slug: 'tenths',
      moving: undefined,
      columns: { level: number(title('水位', 'Level'), ['m', 0.1, -10, 10]) },
    });
    const table = new LayerTable(layer);
    const slot = table.put({ key: 'a', validAt: 1, source: 's', values: { level: 0.3 } });
    expect(table.row(slot).values.level).toBe(0.3);
    table.patch(slot, { values: { level: -9.97 } });
    expect(table.column('level').get(slot)).toBe(-10);
  });

  it('tells what changed, and says nothing of values that are as they were', () => {
    const table = new LayerTable(busPosition);
    const slot = table.put({ ...bus('a'), values: { speedKmh: 30, position: [105.8, 32.4] } });
    table.clearChanges();
    table.patch(slot, { validAt: 1, values: { speedKmh: 30.2, position: [105.800001, 32.4] } });
    table.put({ ...bus('a'), values: { speedKmh: 30, position: [105.8, 32.4] } });
    expect(table.changedCount).toBe(0);
    table.patch(slot, { values: { speedKmh: null } });
    expect([...table.changedSlots.subarray(0, table.changedCount)]).toEqual([slot]);
  });

  it('gives a slot to another key only after the changes were read', () => {
    const table = new LayerTable(busPosition);
    const first = table.put(bus('a'));
    table.clearChanges();
    table.remove(first, 'expired');
    expect(table.slotOf('a')).toBe(-1);
    expect(table.removeReasonAt(first)).toBe('expired');
    const second = table.put(bus('b'));
    expect(second).not.toBe(first);
    table.clearChanges();
    const generation = table.generation[first] as number;
    expect(table.put(bus('c'))).toBe(first);
    expect(table.generation[first]).toBe(generation + 1);
    expect(table.size).toBe(2);
  });

  it('gives a key that comes back at once its old slot', () => {
    const table = new LayerTable(busPosition);
    const slot = table.put(bus('a'));
    table.clearChanges();
    table.remove(slot, 'gone');
    expect(table.put(bus('a', 2))).toBe(slot);
    expect(table.generation[slot]).toBe(1);
    table.clearChanges();
    expect(table.slotOf('a')).toBe(slot);
  });

  it('refuses what does not fit and changes nothing', () => {
    const table = new LayerTable(busPosition);
    const slot = table.put({ ...bus('a'), values: { speedKmh: 30 } });
    const bad = (values: unknown): void => {
      expect(() => table.patch(slot, { validAt: 9, values: values as object })).toThrow(CodedError);
    };
    bad({ speedKmh: 151 });
    bad({ speedKmh: '30' });
    bad({ position: [181, 0] });
    bad({ direction: 'sideways' });
    bad({ name: 'x'.repeat(41) });
    bad({ notAColumn: 1 });
    bad(JSON.parse('{"__proto__": {"polluted": 1}}'));
    expect(() => table.put({ ...bus(''), values: {} })).toThrow(CodedError);
    expect(table.row(slot)).toMatchObject({ validAt: 1, values: { speedKmh: 30 } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('takes keys that name parts of objects as plain keys', () => {
    const table = new LayerTable(busPosition);
    for (const key of ['__proto__', 'constructor', 'toString']) table.put(bus(key));
    expect([...table.rows()].map(({ key }) => key)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('bytes', () => {
  it('come back as they went in', () => {
    const out = new ByteWriter(1);
    const numbers = [
      0,
      127,
      128,
      16_383,
      16_384,
      2 ** 28,
      2 ** 31,
      2 ** 32,
      2 ** 45,
      Number.MAX_SAFE_INTEGER,
    ];
    for (const value of numbers) out.varint(value);
    const words = ['', 'abc', '广元市', '𝄞', 'é'];
    for (const word of words) out.text(word);
    const reader = new ByteReader(out.copy());
    expect(numbers.map(() => reader.varint())).toEqual(numbers);
    expect(words.map(() => reader.text())).toEqual(words);
    for (const value of [0, -1, 1, -(2 ** 40), 2 ** 40, 2 ** 31, -(2 ** 31)])
      expect(unzigzag(zigzag(value))).toBe(value);
    expect(crc32(Uint8Array.from(Buffer.from('123456789')))).toBe(0xcbf43926);
  });

  it('are refused where they are no UTF-8', () => {
    for (const bad of [[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff], [0xe4, 0xb8], [0xf4, 0x90, 0x80, 0x80]]) {
      expect(() => new ByteReader(Uint8Array.from(bad)).utf8(bad.length)).toThrow(CodedError);
    }
  });
});

describe('GeoJSON', () => {
  it('shows only what the class may see', () => {
    const table = new LayerTable(emergencyCall);
    const slot = table.put({
      key: 'c',
      validAt: 1,
      source: 's',
      values: { position: [105.8, 32.4], title: '火警' },
    });
    const open = featureOf(table, slot, { label: 'public' });
    expect(open.geometry).toBeNull();
    expect(open.properties).not.toHaveProperty('title');
    const inside = featureOf(table, slot, { label: 'internal' });
    expect(inside.geometry).toEqual({ type: 'Point', coordinates: [105.8, 32.4] });
    expect(inside.properties['title']).toBe('火警');
  });

  it('takes the shape before the point, and long texts only for one row', () => {
    const table = new LayerTable(warning);
    const area = {
      type: 'Polygon',
      coordinates: [
        [
          [105, 32],
          [106, 32],
          [106, 33],
          [105, 32],
        ],
      ],
    } as const;
    const values = { position: [105.5, 32.5], area, description: '暴雨' } as const;
    const slot = table.put({ key: 'w', validAt: 1, source: 's', values });
    expect(featureOf(table, slot, { label: 'public' }).geometry).toEqual(area);
    expect(featureOf(table, slot, { label: 'public' }).properties['description']).toBe('暴雨');
    expect(featureCollection(table, { label: 'public' }).features[0]?.properties).not.toHaveProperty(
      'description',
    );
  });

  it('a layer may name only a time column as its end', () => {
    const columns = { name: text(title('名', 'Name'), 9) };
    for (const endsBy of ['name', 'none']) {
      const declare = () => defineLayer({ ...busPosition, slug: 'ends', moving: undefined, columns, endsBy });
      expect(declare).toThrow(`layer ends: endsBy: "${endsBy}" is no time column`);
    }
  });

  it('writes grid cells without NaN', () => {
    const columns = {
      rain: cells(title('雨', 'Rain'), ['mm/h', 0.1, 0, 500]),
      note: text(title('注', 'Note'), 9),
      area: geometry(title('区', 'Area'), ['TilesetFeature']),
    };
    const table = new LayerTable(
      defineLayer({ ...busPosition, slug: 'grid', kind: 'grid', moving: undefined, columns }),
    );
    const rain = { nx: 2, ny: 1, values: Float32Array.of(0.25, NaN) };
    const slot = table.put({
      key: 'g',
      validAt: 1,
      source: 's',
      values: { rain, area: { type: 'TilesetFeature', tileset: 't', id: '1' } },
    });
    const { geometry: shape, properties } = featureOf(table, slot, { label: 'public' });
    expect(shape).toBeNull();
    expect(JSON.parse(JSON.stringify(properties['rain']))).toMatchObject({
      nx: 2,
      ny: 1,
      values: [expect.closeTo(0.3, 5), null],
    });
    expect(properties['area']).toMatchObject({ type: 'TilesetFeature' });
  });

  it('gives a row of a tileset the shape it refers to, and says the reference', () => {
    const table = new LayerTable(roadSpeed);
    const reference = (id: string) => ({ type: 'TilesetFeature', tileset: 'roads', id }) as const;
    for (const id of ['g5', 'nowhere']) {
      table.put({ key: id, validAt: 1, source: 's', values: { line: reference(id), speedKmh: 50 } });
    }
    const g5 = { type: 'LineString', coordinates: [[106, 32], [106.1, 32.1]] } as const; // prettier-ignore
    const shapeOf = ({ id }: { id: string }): typeof g5 | null => (id === 'g5' ? g5 : null);
    const { features } = featureCollection(table, { label: 'public', shapeOf });
    expect(features.map(({ geometry: shape }) => shape)).toEqual([g5, null]);
    expect(features[0]?.properties['line']).toEqual(reference('g5'));
    expect(featureOf(table, 0, { label: 'public' }).geometry).toBeNull();
  });
});
