// GET /api/stills/:layer/:key: the picture of a camera, under our own address.
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Subject } from '../access/port.ts';
import type { LiveWorld, WorldLayer } from '../state/port.ts';
import { layerOf, slotFor } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';
import type { StillKeeper } from './still-keeper.ts';

/** Column of a layer of cameras. */
const COLUMN = 'stillUrl';

export interface StillSources {
  readonly world: LiveWorld;
  readonly stills: StillKeeper;
  /** Where a feed asks; null where it has no address. Pictures are read from that host only. */
  readonly addressOf: (feed: string) => string | null;
}

export function stillRoutes({ world, stills, addressOf }: StillSources): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/stills/:layer/:key',
      title: title('摄像头画面', 'The picture of a camera'),
      answers: { type: 'image/jpeg' },
      action: 'read-still',
      audit: 'view',
      about: ({ layer }) => ({ kind: 'layer', id: layer ?? '', label: 'internal' }),
      query: null,
      answer: async ({ params, subject }, response) => {
        const held = layerOf(world, params.layer ?? '');
        const url = addressOfStill(held, { addressOf, subject, key: params.key ?? '' });
        const { bytes, contentType, at, isLive } = await stills.still(url);
        response.set({
          'Content-Type': contentType,
          'Cache-Control': 'no-store',
          // A picture that is opened as a page of its own runs nothing.
          'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          'X-Still-At': String(at),
          'X-Still-State': isLive ? 'live' : 'last',
        });
        response.end(bytes);
      },
    }),
  ];
}

/** @throws CodedError request/not-found */
function addressOfStill(
  held: WorldLayer,
  {
    addressOf,
    subject,
    key,
  }: Pick<StillSources, 'addressOf'> & { readonly subject: Subject; readonly key: string },
): string {
  const { table, layer } = held;
  const slot = slotFor(held, key, subject);
  const column = table.stores.columns.get(COLUMN);
  const told = slot >= 0 && column ? column.value(slot) : null;
  const source = slot >= 0 ? addressOf(table.sourceAt(slot)) : null;
  const address = typeof told === 'string' && source ? URL.parse(told, source) : null;
  if (!address || !source || address.origin !== new URL(source).origin) {
    throw new CodedError('request/not-found', `a still of ${layer.slug}/${key}`);
  }
  return address.href;
}
