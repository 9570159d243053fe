// Stills of the roadside cameras, asked for one by one. A camera that is offline answers 503.
import type { LonLat } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import { keyOf, unit } from '../engine/random.ts';
import { answer } from '../transport/polled-document.ts';
import type { HttpHost } from '../transport/http-server.ts';
import { RequestError } from '../transport/http-server.ts';
import type { World } from '../world.ts';
import { stillPicture } from './still-picture.ts';

const FEED = 'roadside';
/** A camera takes a picture this often. */
const STILL_MS = 5_000;

/** Whether a roadside device answers at a moment. */
export const isOnline = (world: World, id: string, at: number): boolean =>
  unit(world.seed, keyOf(id), Math.floor(at / (3 * HOUR))) > 0.025;

/** Relative to the list of roadside points. */
export const stillAddress = (id: string): string => `stills/${encodeURIComponent(id)}.svg`;

export function routeStills(world: World, http: HttpHost): void {
  const cameras = new Map(
    world.city
      .stations('roadside')
      .filter((row) => (row['kind'] ?? 'camera') === 'camera')
      .map((row) => [row['id'] ?? '', row]),
  );
  http.on('GET', '/traffic/stills/:file', (exchange) => {
    const id = (exchange.params['file'] ?? '').replace(/\.svg$/, '');
    const row = cameras.get(id);
    if (row === undefined) throw new RequestError(404, `camera "${id}" → see /traffic/roadside-points`);
    const at = Math.floor(world.clock.now() / STILL_MS) * STILL_MS;
    if (!isOnline(world, id, at)) throw new RequestError(503, `camera "${id}" is offline`);
    const place: LonLat = [Number(row['lon']), Number(row['lat'])];
    const { weather, rhythm, time } = world;
    const picture = stillPicture({
      id,
      digits: time.digits(at),
      hour: time.hour(at),
      rainMmH: weather.rainMmH(place, at),
      visibilityM: weather.visibilityM(place, at),
      busy: Math.min(1, 0.1 + rhythm.traffic(at) * (0.5 + 0.6 * unit(world.seed, keyOf(id)))),
      atS: at / 1000,
    });
    return answer(world.outlet, exchange, {
      feed: FEED,
      body: Buffer.from(picture),
      records: 0,
      headers: {
        'content-type': 'image/svg+xml',
        'last-modified': new Date(at).toUTCString(),
        'cache-control': 'no-store',
      },
    });
  });
}
