// Rain seen by the weather radar and its extrapolation for one hour, as a CoverageJSON grid.
import { distanceM, type LonLat } from '../engine/geo.ts';
import { drift, keyOf } from '../engine/random.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const FEED = 'radar-rain';
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

/** Values row by row (t, y, x); null where the radar does not reach. */
function rainValues(world: World, [x, y]: readonly [Axis, Axis], issuedAt: number): (number | null)[] {
  const { city, weather, seed } = world;
  const values: (number | null)[] = [];
  for (let step = 0; step < STEPS; step++) {
    const moment = issuedAt + step * PERIOD_S * 1000;
    const wet = weather.cells(moment).length > 0;
    for (let j = 0; j < y.num; j++) {
      for (let i = 0; i < x.num; i++) {
        const p: LonLat = [at(x, i), at(y, j)];
        if (distanceM(p, city.centre) > RANGE_M) values.push(null);
        else if (!wet) values.push(0);
        else {
          const rain = weather.rainMmH(p, moment);
          // Echoes are grainy; grain moves slowly so that frames follow each other.
          const grain =
            rain === 0
              ? 0
              : 1 + 0.3 * drift(i * 0.9 + j * 0.37 + moment / 900_000, seed, keyOf(FEED), j >> 1);
          values.push(Math.round(rain * grain * 10) / 10);
        }
      }
    }
  }
  return values;
}

class RadarRain implements Source {
  private readonly world: World;
  private readonly x: Axis;
  private readonly y: Axis;

  constructor(world: World) {
    this.world = world;
    this.x = axis(this.world.city.bbox[0], this.world.city.bbox[2]);
    this.y = axis(this.world.city.bbox[1], this.world.city.bbox[3]);
  }

  private readonly coverage = (issuedAt: number): object => {
    const [record = { time: issuedAt, values: {} }] = this.world.outlet.faults.records(FEED, [
      { time: issuedAt, lon: this.x.start, lat: this.y.start },
    ]);
    const shiftX = 'lon' in record ? record.lon - this.x.start : 0;
    const shiftY = 'lat' in record ? record.lat - this.y.start : 0;
    const moved = (a: Axis, by: number): Axis => ({ start: a.start + by, stop: a.stop + by, num: a.num });
    return {
      type: 'Coverage',
      issuedAt: this.world.time.iso(record.time),
      synthetic: true,
      domain: {
        type: 'Domain',
        domainType: 'Grid',
        axes: {
          x: moved(this.x, shiftX),
          y: moved(this.y, shiftY),
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
          shape: [STEPS, this.y.num, this.x.num],
          values: rainValues(this.world, [this.x, this.y], issuedAt),
        },
      },
    };
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return { radarCells: this.x.num * this.y.num };
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
        build: (issuedAt) => ({ body: Buffer.from(JSON.stringify(this.coverage(issuedAt))), records: STEPS }),
      }),
    );
  }
}

export function createRadarRain(world: World): Source {
  return new RadarRain(world);
}
