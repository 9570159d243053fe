// CoverageJSON (OGC 21-069) grid of rain rate → blocks of at most 64 × 64 cells, one row a block and time step.
import { z } from 'zod';
import type { LonLat } from '../../../contracts/column.ts';
import { rainGrid } from '../../../contracts/layers/rain-grid.ts';
import type { Sink } from '../../kit/feed.ts';
import { readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const BLOCK = 64;
/** A city at 250 m for twelve steps; beyond this the source is wrong. */
const MOST_CELLS = 8_000_000;
const MOST_STEPS = 500;

const axis = z.union([
  z.object({ start: z.number(), stop: z.number(), num: z.int().min(1).max(20_000) }),
  z.object({ values: z.array(z.number()).min(1).max(20_000) }),
]);

const shape = compileShape(
  z.object({
    type: z.literal('Coverage'),
    domain: z.object({
      type: z.literal('Domain'),
      domainType: z.literal('Grid'),
      axes: z.object({
        x: axis,
        y: axis,
        t: z.object({ values: z.array(z.string()).min(1).max(MOST_STEPS) }),
      }),
    }),
    ranges: z.object({
      rain: z.object({
        type: z.literal('NdArray'),
        axisNames: z.array(z.string()),
        shape: z.array(z.int().min(1)),
        values: z.array(z.number().nullable()).max(MOST_CELLS),
      }),
    }),
    issuedAt: z.string().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

interface RegularAxis {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** One coverage → `rain-grid`. Axes must be regular; y may run either way; axis order must be t, y, x, beside axes of one value. */
export function parseRadarRain(bytes: Uint8Array, sink: Sink): void {
  const body = readJson(bytes, sink);
  if (body === undefined) return;
  if (!shape.is(body)) return sink.reject('record/shape', shape.fault(), bytes.subarray(0, 4000));
  const x = regular(body.domain.axes.x);
  const y = regular(body.domain.axes.y);
  const times = body.domain.axes.t.values.map(parseIsoTime);
  const { axisNames, shape: sizes, values } = body.ranges.rain;
  // An axis of one value more, a height for example, moves no cell.
  const order = axisNames.filter((name, at) => 'tyx'.includes(name) || sizes[at] !== 1);
  for (const name of axisNames) if (!order.includes(name)) sink.ignore(`axis ${name.slice(0, 40)}`);
  const whole = times.length * (x?.count ?? 0) * (y?.count ?? 0);
  if (!x || !y || x.step <= 0)
    return sink.reject('record/shape', 'axes: not regular, or x runs west', bytes.subarray(0, 500));
  if (order.join() !== 't,y,x' || values.length !== whole) {
    return sink.reject(
      'record/shape',
      `rain: ${values.length} values for ${whole} cells (t,y,x)`,
      bytes.subarray(0, 500),
    );
  }
  const issuedAt = body.issuedAt == null ? times[0] : parseIsoTime(body.issuedAt);
  if (issuedAt === undefined || Number.isNaN(issuedAt) || times.some((at) => Number.isNaN(at))) {
    return sink.reject('record/time', 'a time of the coverage is unreadable', bytes.subarray(0, 500));
  }
  const grid = { x, y, values, issuedAt, synthetic: body.synthetic ?? undefined };
  times.forEach((validAt, step) => putStep(grid, { validAt, step }, sink));
}

interface Grid {
  readonly x: RegularAxis;
  readonly y: RegularAxis;
  readonly values: readonly (number | null)[];
  readonly issuedAt: number;
  readonly synthetic: boolean | undefined;
}

function putStep(grid: Grid, at: { validAt: number; step: number }, sink: Sink): void {
  const { x, y } = grid;
  const north = y.step > 0 ? y.first + y.step * (y.count - 1) : y.first;
  const stepLat = Math.abs(y.step);
  for (let row = 0; row < y.count; row += BLOCK) {
    for (let column = 0; column < x.count; column += BLOCK) {
      const nx = Math.min(BLOCK, x.count - column);
      const ny = Math.min(BLOCK, y.count - row);
      // The corner of the block is half a cell outside its first cell centre.
      const origin: LonLat = [x.first + (column - 0.5) * x.step, north - (row - 0.5) * stepLat];
      sink.put(rainGrid, {
        id: `${at.step}/${row / BLOCK}/${column / BLOCK}`,
        validAt: at.validAt,
        issuedAt: grid.issuedAt,
        synthetic: grid.synthetic,
        values: {
          origin,
          stepLonDeg: x.step,
          stepLatDeg: stepLat,
          leadS: Math.max(0, Math.round((at.validAt - grid.issuedAt) / 1000)),
          rainMmH: { nx, ny, values: block(grid, at.step, { row, column, nx, ny }) },
        },
      });
    }
  }
}

interface Window {
  readonly row: number;
  readonly column: number;
  readonly nx: number;
  readonly ny: number;
}

/** Cells of a block, west to east, north to south; null becomes NaN. */
function block(grid: Grid, step: number, window: Window): Float32Array {
  const { x, y, values } = grid;
  const cells = new Float32Array(window.nx * window.ny);
  for (let j = 0; j < window.ny; j++) {
    const fromNorth = window.row + j;
    const sourceRow = y.step > 0 ? y.count - 1 - fromNorth : fromNorth;
    const from = (step * y.count + sourceRow) * x.count + window.column;
    for (let i = 0; i < window.nx; i++) cells[j * window.nx + i] = values[from + i] ?? NaN;
  }
  return cells;
}

function regular(given: z.infer<typeof axis>): RegularAxis | null {
  if ('num' in given) {
    const step = given.num > 1 ? (given.stop - given.start) / (given.num - 1) : 0;
    return step === 0 ? null : { first: given.start, step, count: given.num };
  }
  const [first, second] = given.values;
  if (first === undefined || second === undefined) return null;
  const step = second - first;
  const even = given.values.every(
    (value, at) => Math.abs(value - (first + at * step)) <= Math.abs(step) * 1e-3,
  );
  return step !== 0 && even ? { first, step, count: given.values.length } : null;
}
