import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { NO_CHOICE } from '../../looks/choice.ts';
import { look as ticketLook } from '../../looks/layers/ticket.ts';
import { tints } from '../../looks/sign.ts';
import { NO_FORM, RECORD_BYTES, RECORD_FLOATS, RINGED } from '../glyphs/record.ts';
import { alongSteps, densityBox, densityOf, encodeSteps } from './density.ts';
import { GroupGrid, type Points } from './group-grid.ts';
import { GROUP_BYTES, GROUP_FLOATS, ID_AT, STYLE_AT, WORST_AT, graveness } from './group-record.ts';
import { countiesOf, tallyOf } from './summary.ts';

const tintByte = (tint: (typeof tints)[number], ringed = false): number =>
  tints.indexOf(tint) | (ringed ? RINGED : 0);

interface Point {
  readonly x: number;
  readonly y: number;
  readonly tint?: number;
  readonly form?: number;
}

function pointsOf(list: readonly Point[]): Points {
  const floats = new Float32Array(list.length * RECORD_FLOATS);
  const bytes = new Uint8Array(floats.buffer);
  list.forEach(({ x, y, tint = 0, form = 1 }, slot) => {
    floats.set([x, y, x, y, 0, 0, 500, 0], slot * RECORD_FLOATS);
    bytes.set([form, tint, 64, 16], slot * RECORD_BYTES + 32);
  });
  return { floats, bytes, highWater: list.length };
}

const options = { cellM: 1000, metresPerPx: 10, nowS: 0 };

interface Read {
  readonly x: number;
  readonly y: number;
  readonly count: number;
  readonly worst: number;
  readonly shares: number[];
  readonly ends: number[];
  readonly style: number[];
  readonly id: number;
}

function read(records: Uint8Array<ArrayBuffer>): Read[] {
  const floats = new Float32Array(records.buffer);
  const words = new Uint32Array(records.buffer);
  return Array.from({ length: records.length / GROUP_BYTES }, (_, index) => {
    const at = index * GROUP_BYTES;
    const from = index * GROUP_FLOATS;
    return {
      x: floats[from] ?? 0,
      y: floats[from + 1] ?? 0,
      count: floats[from + 3] ?? 0,
      worst: records[at + WORST_AT] ?? 0,
      shares: [...records.subarray(at + 16, at + 20)],
      ends: [...records.subarray(at + 20, at + 24)],
      style: [...records.subarray(at + STYLE_AT, at + STYLE_AT + 4)],
      id: words[from + ID_AT / 4] ?? 0,
    };
  });
}

describe('groups', () => {
  it('count every point once, wherever it lies', () => {
    const coordinate = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 300 }), (list) => {
        const groups = read(new GroupGrid().group(pointsOf(list), options));
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(list.length);
      }),
      { numRuns: 60 },
    );
  });

  it('stand in the middle of their members and keep their mix', () => {
    const [one, ...others] = read(
      new GroupGrid().group(
        pointsOf([
          { x: 100, y: 100, tint: tintByte('cat2') },
          { x: 300, y: 100, tint: tintByte('cat1') },
          { x: 500, y: 400, tint: tintByte('cat1') },
        ]),
        options,
      ),
    );
    expect(others).toEqual([]);
    expect([one?.x, one?.y, one?.count]).toEqual([300, 200, 3]);
    expect(one?.shares.slice(0, 2)).toEqual([tints.indexOf('cat1'), tints.indexOf('cat2')]);
    expect(one?.ends.slice(0, 2)).toEqual([170, 255]);
  });

  it('keep the worst of their members', () => {
    const mixed = [tintByte('dim'), tintByte('blue'), tintByte('orange'), tintByte('white', true)];
    const [group] = read(
      new GroupGrid().group(pointsOf(mixed.map((tint) => ({ x: 10, y: 10, tint }))), options),
    );
    expect(group?.worst).toBe(graveness(tintByte('orange')));
    const order = ['red', 'orange', 'yellow', 'blue'] as const;
    const graves = order.map((tint) => graveness(tintByte(tint)));
    expect(graves).toEqual([5, 4, 3, 2]);
    expect([graveness(tintByte('white', true)), graveness(tintByte('cat3'))]).toEqual([1, 0]);
  });

  it('let one alone be its own glyph, and leave out what is filtered', () => {
    const [single, ...others] = read(
      new GroupGrid().group(
        pointsOf([
          { x: 0, y: 0, form: 7 },
          { x: 0, y: 0, form: NO_FORM },
        ]),
        options,
      ),
    );
    expect(others).toEqual([]);
    expect([single?.count, single?.style]).toEqual([1, [7, 0, 64, 16]]);
  });

  it('become one where their circles would touch, whatever the order of rows', () => {
    const list = [
      ...Array.from({ length: 9 }, () => ({ x: 990, y: 0 })),
      { x: 1010, y: 0 },
      { x: 9000, y: 0 },
    ];
    const forward = read(new GroupGrid().group(pointsOf(list), options));
    const backward = read(new GroupGrid().group(pointsOf([...list].reverse()), options));
    const counts = (groups: Read[]): number[] => groups.map(({ count }) => count).sort((a, b) => a - b);
    expect(counts(forward)).toEqual([1, 10]);
    expect(counts(backward)).toEqual(counts(forward));
  });

  it('can be made again with the same grid', () => {
    const grid = new GroupGrid();
    grid.group(pointsOf(Array.from({ length: 3000 }, (_, i) => ({ x: i * 5000, y: 0 }))), options);
    const again = read(
      grid.group(
        pointsOf([
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ]),
        options,
      ),
    );
    expect(again.map(({ count }) => count)).toEqual([2]);
  });
});

describe('density', () => {
  const box = densityBox([0, 0, 20_000, 10_000], 1000);

  it('keeps the number of units', () => {
    const cells = densityOf(pointsOf(Array.from({ length: 50 }, () => ({ x: 10_200, y: 5100 }))), box, 0);
    expect([box.nx, box.ny]).toEqual([20, 10]);
    expect(cells.reduce((sum, value) => sum + value, 0)).toBeCloseTo(50, 3);
    expect(Math.max(...cells)).toBe(cells[5 * 20 + 10]);
  });

  it('leaves out what is outside', () => {
    expect(
      densityOf(
        pointsOf([
          { x: -1, y: 5 },
          { x: 5, y: 10_001 },
        ]),
        box,
        0,
      ).every((value) => value === 0),
    ).toBe(true);
  });

  it.each([
    [0, 0],
    [0.5, 1 / 6],
    [1, 1 / 3],
    [5.5, 0.5],
    [10, 2 / 3],
    [100, 1],
    [1000, 1],
    [NaN, 0],
  ])('puts %d at %d of the legend', (value, part) => {
    expect(alongSteps(value, [1, 10, 100])).toBeCloseTo(part);
  });

  it('encodes for a texture', () => {
    expect([...encodeSteps(Float32Array.of(0, 1, 10, 99), [1, 10])]).toEqual([0, 128, 255, 255]);
  });
});

describe('rows that are done with', () => {
  it('belong to no group', () => {
    const points = pointsOf([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 20, y: 0 },
    ]);
    const isOver = (slot: number): boolean => slot === 1;
    const groups = read(new GroupGrid().group(points, { ...options, isOver }));
    expect(groups.map(({ count }) => count)).toEqual([2]);
  });
});

describe('counts', () => {
  const table = new LayerTable(ticket);
  const put = (
    key: string,
    regionCode: string,
    status: 'closed' | 'handling',
    categoryCode: string,
  ): void => {
    table.put({ key, validAt: 0, source: 's', regionCode, values: { status, categoryCode } });
  };
  put('a', '510802001', 'handling', '0101');
  put('b', '510802002', 'handling', '0201');
  put('c', '510811', 'closed', '0101');
  put('d', '', 'handling', '0101');
  const open = { kinds: null, filter: [{ column: 'status', is: ['handling'] }] };
  const any = table as unknown as LayerTable;

  it('are by county, of the rows that pass the filter and are not done with', () => {
    const layer = { look: ticketLook, table: any, choice: NO_CHOICE };
    expect(countiesOf(layer)).toEqual([['510802', 2]]);
    expect(countiesOf({ ...layer, look: { ...ticketLook, kinds: [] } })).toEqual([
      ['510802', 2],
      ['510811', 1],
    ]);
    expect(
      countiesOf({ ...layer, choice: { ...open, filter: [{ column: 'status', is: ['closed'] }] } }),
    ).toEqual([]);
  });

  it('are by class for the legend', () => {
    const tally = tallyOf(ticketLook, any, NO_CHOICE);
    expect([tally.total, tally.shown, tally.kinds.slice(0, 3)]).toEqual([4, 4, [1, 2, 1]]);
    expect(tallyOf(ticketLook, any, open).shown).toBe(3);
  });
});
