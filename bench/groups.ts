// groups: what one refresh of the groups of 200,000 moving objects costs the worker, against supercluster on the same
// points, what placing the groups costs the page, and what the density of 20,000 costs the worker. Runs alternate; medians.
import Supercluster from 'supercluster';
import { densityBox, densityOf, encodeSteps } from '../client/map/groups/density.ts';
import { GroupGrid, type Points } from '../client/map/groups/group-grid.ts';
import { GroupPlaces } from '../client/map/groups/group-places.ts';
import { GROUP_BYTES, GROUP_FLOATS } from '../client/map/groups/group-record.ts';
import { LocalFrame } from '../client/map/geo/enu.ts';
import { RECORD_BYTES, RECORD_FLOATS } from '../client/map/glyphs/record.ts';
import { CollisionBoard } from '../client/map/labels/collision-board.ts';
import {
  atLeast,
  atMost,
  check,
  exactly,
  median,
  reported,
  result,
  type BenchOptions,
  type BenchResult,
} from './result.ts';

const MANY = 200_000;
const FEW = 20_000;
/** Runs until the compiler has settled. */
const WARM_UP = 6;
const ORIGIN = [105.7, 32.2] as const;
const REACH_M = 90_000;
/** The whole city on a wall of 1080 lines. */
const METRES_PER_PX = 180;
const CELL_PX = 120;
const TOWNS = 60;
/** Levels of the same city for supercluster: only the one that is asked for, so that it makes no more than ours does. */
const ZOOM = 9;
const HEAT_CELL_M = 1000;
const HEAT_STEPS = [0.2, 0.5, 1, 2, 5, 10];

export function run(options: BenchOptions): Promise<BenchResult> {
  const times = measure(options.long ? 60 : 20);
  const own = median(times.own);
  return Promise.resolve(
    result({
      name: 'groups',
      value: own,
      unit: 'ms a refresh of 200,000',
      rival: { name: 'supercluster, load and one query', value: median(times.rival) },
      target: atLeast(5),
      valid: true,
      checks: [
        check('200,000 objects grouped anew, in the worker', [own, 'ms'], atMost(10)),
        check('the page takes up and places the groups', [median(times.page), 'ms'], atMost(0.5)),
        check('objects that are in a group', [times.counted, '1'], exactly(MANY)),
        check('heat of 20,000 objects in 1 km cells, in the worker', [median(times.heat), 'ms'], atMost(10)),
        reported('groups', [times.groups, '1']),
      ],
    }),
  );
}

interface Times {
  readonly own: number[];
  readonly rival: number[];
  readonly page: number[];
  readonly heat: number[];
  groups: number;
  counted: number;
}

function measure(rounds: number): Times {
  const many = pointsOf(MANY);
  const few = pointsOf(FEW);
  const features = featuresOf(many);
  const grid = new GroupGrid();
  const placing = page();
  const box = densityBox([-REACH_M, -REACH_M, REACH_M, REACH_M], HEAT_CELL_M);
  const times: Times = { own: [], rival: [], page: [], heat: [], groups: 0, counted: 0 };
  for (let round = -WARM_UP; round < rounds; round++) {
    const nowS = 20 + round * 0.5;
    let records = new Uint8Array(0);
    const own = timed(() => {
      records = grid.group(many, { cellM: METRES_PER_PX * CELL_PX, metresPerPx: METRES_PER_PX, nowS });
    });
    const shown = timed(() => placing(records));
    const heat = timed(() => encodeSteps(densityOf(few, box, nowS), HEAT_STEPS));
    // Twenty times dearer: every fourth round tells enough.
    const rival = round % 4 === 0 ? timed(() => clustersOf(features)) : null;
    if (round < 0) continue;
    times.own.push(own);
    times.page.push(shown);
    times.heat.push(heat);
    if (rival !== null) times.rival.push(rival);
    const counts = countsOf(records);
    times.groups = counts.length;
    times.counted = counts.reduce((sum, count) => sum + count, 0);
  }
  return times;
}

/** Milliseconds of processor time, so that waiting for a core of a busy machine does not count. */
function timed(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Most of them in towns, the rest anywhere, all under way. */
function pointsOf(count: number): Points {
  const bytes = new Uint8Array(count * RECORD_BYTES);
  const floats = new Float32Array(bytes.buffer);
  for (let slot = 0; slot < count; slot++) {
    const town = slot % TOWNS;
    const spread = slot % 5 === 0 ? REACH_M : 2500;
    const [townX, townY] = spread === REACH_M ? [0, 0] : [even(town, 0) * 160_000, even(town, 1) * 160_000];
    const x = townX + even(slot, 0) * 2 * spread;
    const y = townY + even(slot, 1) * 2 * spread;
    floats.set([x, y, x + 300, y + 150, slot % 30, 30, 500, 0], slot * RECORD_FLOATS);
    bytes.set([1, slot % 3, 0, 16], slot * RECORD_BYTES + 32);
  }
  return { floats, bytes, highWater: count };
}

/** −0.5 to 0.5. Additive recurrence of Roberts 2018: even without a pattern, and the same in every run. */
function even(index: number, axis: 0 | 1): number {
  const step = axis === 0 ? 0.7548776662466927 : 0.5698402909980532;
  return ((index * step) % 1) - 0.5;
}

interface PlaceFeature {
  readonly type: 'Feature';
  readonly properties: Record<string, never>;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: [number, number] };
}

function featuresOf({ floats, highWater }: Points): PlaceFeature[] {
  const frame = new LocalFrame(ORIGIN);
  return Array.from({ length: highWater }, (_, slot) => {
    const at = slot * RECORD_FLOATS;
    const coordinates = frame.toLonLat(floats[at] ?? 0, floats[at + 1] ?? 0);
    return { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } };
  });
}

function clustersOf(features: PlaceFeature[]): number {
  const index = new Supercluster({ radius: CELL_PX / 2, minZoom: ZOOM, maxZoom: ZOOM });
  index.load(features);
  return index.getClusters([104, 31, 107, 34], ZOOM).length;
}

/** What the page does with new records: takes them up, settles them on the board, writes how they stand. */
function page(): (records: Uint8Array<ArrayBuffer>) => void {
  const places = new GroupPlaces();
  const board = new CollisionBoard();
  const view = {
    ...{ width: 1920, height: 1080, pixelScale: 1, metresPerPixel: METRES_PER_PX },
    projectPlace([east, north]: readonly [number, number, number], out: { x: number; y: number }) {
      out.x = 960 + east / METRES_PER_PX;
      out.y = 540 - north / METRES_PER_PX;
      return true;
    },
    hiddenPlace: () => false,
    obstacles: () => undefined,
  };
  places.view = view;
  places.list('fleet', true);
  return (records) => {
    places.set('fleet', records, { quiet: false, order: 41 });
    board.settle(view, [places], 'news');
    places.write('fleet');
  };
}

function countsOf(records: Uint8Array<ArrayBuffer>): number[] {
  const floats = new Float32Array(records.buffer);
  return Array.from(
    { length: records.byteLength / GROUP_BYTES },
    (_, index) => floats[index * GROUP_FLOATS + 3] ?? 0,
  );
}
