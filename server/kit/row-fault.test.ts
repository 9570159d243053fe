import { describe, expect, it } from 'vitest';
import {
  bits,
  cells,
  geometry,
  number,
  oneOf,
  position,
  strings,
  text,
  time,
  title,
} from '../../contracts/declare.ts';
import { defineLayer } from '../../contracts/layer.ts';
import type { RawRow } from './feed.ts';
import { rowFault } from './row-fault.ts';

const of = title('列', 'Column');
const layer = defineLayer({
  slug: 'test-layer',
  title: of,
  topic: 'system',
  kind: 'grid',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    place: position(),
    area: geometry(of, ['Polygon', 'TilesetFeature']),
    level: number(of, ['m', 0.1, 0, 10]),
    kind: oneOf(of, { a: of }),
    flags: bits(of, { one: of }),
    name: text(of, 3),
    names: strings(of, [2, 3]),
    at: time(of),
    rain: cells(of, ['mm/h', 0.1, 0, 500]),
  },
});

const fault = (values: Record<string, unknown>, head: Partial<RawRow> = {}) =>
  rowFault(layer, { id: 'x', validAt: 1, ...head, values: values as RawRow['values'] });

describe('rowFault', () => {
  it('finds nothing where everything fits', () => {
    const ring = [
      [105, 32],
      [106, 32],
      [105, 33],
      [105, 32],
    ];
    const values = {
      place: [105, 32],
      area: { type: 'Polygon', coordinates: [ring] },
      level: 10,
      kind: 'a',
      flags: 1,
    };
    expect(
      fault({
        ...values,
        name: 'abc',
        names: ['a', 'b'],
        at: 5,
        rain: { nx: 1, ny: 2, values: Float32Array.of(0, NaN) },
      }),
    ).toBeNull();
    expect(fault({ level: null, kind: undefined })).toBeNull();
    expect(
      fault({ area: { type: 'TilesetFeature', tileset: 't', id: '1' } }, { quality: 'good', issuedAt: null }),
    ).toBeNull();
  });

  it.each([
    [{ level: 10.1 }, 'record/range'],
    [{ level: NaN }, 'record/shape'],
    [{ level: '5' }, 'record/shape'],
    [{ kind: 'b' }, 'record/enum'],
    [{ kind: 'toString' }, 'record/enum'],
    [{ flags: -1 }, 'record/shape'],
    [{ flags: 1.5 }, 'record/shape'],
    [{ name: 'abcd' }, 'record/range'],
    [{ names: ['a', 'b', 'c'] }, 'record/range'],
    [{ names: ['a', 5] }, 'record/shape'],
    [{ at: NaN }, 'record/time'],
    [{ place: [105] }, 'record/place'],
    [{ place: [181, 32] }, 'record/place'],
    [{ place: [NaN, 32] }, 'record/place'],
    [{ area: { type: 'Point', coordinates: [1, 2] } }, 'record/enum'],
    [{ area: { type: 'Polygon', coordinates: [[[1, 200]]] } }, 'record/place'],
    [{ area: 'POLYGON' }, 'record/shape'],
    [{ rain: [1] }, 'record/shape'],
    [{ rain: { nx: 1, ny: 1, values: [0] } }, 'record/shape'],
    [{ rain: { nx: 2, ny: 1, values: Float32Array.of(0) } }, 'record/shape'],
    [{ rain: { nx: 65, ny: 1, values: new Float32Array(65) } }, 'record/shape'],
    [{ rain: { nx: 1, ny: 1, values: Float32Array.of(501) } }, 'record/range'],
    [{ unheardOf: 1 }, 'record/shape'],
  ])('%j is %s', (values, code) => expect(fault(values)?.code).toBe(code));

  it.each([
    [{ id: '' }, 'record/shape'],
    [{ validAt: NaN }, 'record/time'],
    [{ issuedAt: Infinity }, 'record/time'],
  ])('a head with %j is %s', (head, code) => expect(fault({}, head)?.code).toBe(code));
});
