// Rain seen by the weather radar and its extrapolation for one hour, as a CoverageJSON grid.
import { distanceM, type LonLat } from '../engine/geo.ts';
import { drift, keyOf } from '../engine/random.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const FEED = 'radar-rain';
const KEY = keyOf(FEED);
const PERIOD_S = 360;
const STEPS = 11;
/** About one kilometre. */
const CELL_DEG = 0.01;
const RANGE_M = 105_000;
/** A bigger city gets coarser cells rather than more of them. */
const MAX_CELLS_A_SIDE = 240;

interface Axis {
  start: number;
  stop: number;
  num: number;
}

function axis(low: number, high: number): Axis {
  const step = Math.max(CELL_DEG, (high - low) / MAX_CELLS_A_SIDE);
  const num = Math.max(2, Math.floor((high - low) / step));
  const start = Math.round((low + step / 2) * 1e6) / 1e6;
  return { start, stop: Math.round((start + (num - 1) * step) * 1e6) / 1e6, num };
}

const at = ({ start, stop, num }: Axis, i: number): number => start + ((stop - start) * i) / (num - 1);

/** What the radar says of each cell (y, x) where no rain falls: 0, null where it does not reach. */
function dryValues({ city }: World, [x, y]: readonly [Axis, Axis]): (number | null)[] {
  return Array.from({ length: x.num * y.num }, (_, cell) => {
    const place: LonLat = [at(x, cell % x.num), at(y, Math.floor(cell / x.num))];
    return distanceM(place, city.centre) > RANGE_M ? null : 0;
  });
}

interface Field {
  x: Axis;
  y: Axis;
  dry: readonly (number | null)[];
  /** `dry` as JSON without brackets: most hours are all of this. */
  dryText: string;
}

function createField(world: World): Field {
  const { bbox } = world.city;
  const [x, y] = [axis(bbox[0], bbox[2]), axis(bbox[1], bbox[3])];
  const dry = dryValues(world, [x, y]);
  return { x, y, dry, dryText: dry.map(String).join() };
}

/** Values row by row (t, y, x) as JSON without brackets; null where the radar does not reach. */
function rainText(world: World, field: Field, issuedAt: number): string {
  const steps: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    const moment = issuedAt + step * PERIOD_S * 1000;
    const isDry = world.weather.cells(moment).length === 0;
    steps.push(isDry ? field.dryText : rainValues(world, field, moment).join());
  }
  return steps.join();
}

/** Values of one moment, as text. */
function rainValues({ weather, seed }: World, { x, y, dry }: Field, moment: number): string[] {
  const values: string[] = [];
  for (let j = 0; j < y.num; j++) {
    for (let i = 0; i < x.num; i++) {
      const p: LonLat = [at(x, i), at(y, j)];
      if (dry[j * x.num + i] === null) {
        values.push('null');
        continue;
      }
      const rain = weather.rainMmH(p, moment);
      // Echoes are grainy; grain moves slowly so that frames follow each other.
      const grain =
        rain === 0 ? 0 : 1 + 0.3 * drift(i * 0.9 + j * 0.37 + moment / 900_000, seed, KEY, j >> 1);
      values.push(String(Math.round(rain * grain * 10) / 10));
    }
  }
  return values;
}

class RadarRain implements Source {
  private readonly world: World;
  private readonly field: Field;

  constructor(world: World) {
    this.world = world;
    this.field = createField(world);
  }

  /** Everything but the values. */
  private readonly coverage = (issuedAt: number): object => {
    const { x, y } = this.field;
    const [record = { time: issuedAt, values: {} }] = this.world.outlet.faults.records(FEED, [
      { time: issuedAt, lon: x.start, lat: y.start },
    ]);
    const shiftX = 'lon' in record ? record.lon - x.start : 0;
    const shiftY = 'lat' in record ? record.lat - y.start : 0;
    const moved = (a: Axis, by: number): Axis => ({ start: a.start + by, stop: a.stop + by, num: a.num });
    return {
      type: 'Coverage',
      issuedAt: this.world.time.iso(record.time),
      synthetic: true,
      domain: {
        type: 'Domain',
        domainType: 'Grid',
        axes: {
          x: moved(x, shiftX),
          y: moved(y, shiftY),
          t: {
            values: Array.from({ length: STEPS }, (_, i) =>
              new Date(record.time + i * PERIOD_S * 1000).toISOString(),
            ),
          },
        },
        referencing: [
          {
            coordinates: ['x', 'y'],
            system: { type: 'GeographicCRS', id: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
          },
          { coordinates: ['t'], system: { type: 'TemporalRS', calendar: 'Gregorian' } },
        ],
      },
      parameters: {
        rain: {
          type: 'Parameter',
          description: { zh: '雷达估测与外推降水强度', en: 'Radar rain rate and extrapolation' },
          observedProperty: {
            id: 'http://vocab.nerc.ac.uk/standard_name/rainfall_rate/',
            label: { zh: '雨强', en: 'Rain rate' },
          },
          unit: { symbol: { value: 'mm/h', type: 'http://www.opengis.net/def/uom/UCUM/' } },
        },
      },
      ranges: {
        rain: {
          type: 'NdArray',
          dataType: 'float',
          axisNames: ['t', 'y', 'x'],
          shape: [STEPS, y.num, x.num],
          values: [],
        },
      },
    };
  };

  private readonly body = (issuedAt: number): Buffer => {
    const frame = JSON.stringify(this.coverage(issuedAt));
    // The values are the last member: they go between the last brackets.
    const at = frame.lastIndexOf('[]') + 1;
    return Buffer.from(frame.slice(0, at) + rainText(this.world, this.field, issuedAt) + frame.slice(at));
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return { radarCells: this.field.dry.length };
  }

  routes(http: HttpHost): void {
    return http.on(
      'GET',
      '/weather/radar-rain.covjson',
      servePolled(this.world.clock, this.world.outlet, {
        feed: FEED,
        contentType: 'application/prs.coverage+json',
        periodS: PERIOD_S,
        variant: () => String(this.world.weather.revision),
        build: (issuedAt) => ({ body: this.body(issuedAt), records: STEPS }),
      }),
    );
  }
}

export function createRadarRain(world: World): Source {
  return new RadarRain(world);
}
