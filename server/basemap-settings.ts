// Imagery, terrain and 3D Tiles of others, by configuration only: what the settings say, as addresses a map can ask.
import { z } from 'zod';

const credit = z.string().min(1, 'say whose picture it is');
const address = z.string().regex(/^https?:\/\/[^/\s]+\//, 'give an absolute address with http or https');
const zooms = {
  minZoom: z.number().int().min(0).max(24).default(0),
  maxZoom: z.number().int().min(0).max(24).default(18),
};
const shared = {
  credit,
  /** 1 covers what lies below, 0 shows nothing. */
  opacity: z.number().min(0).max(1).default(1),
  /** Name of the environment variable with the key for `{key}`; the browser gets to know its value. */
  keyEnv: z.string().min(1).optional(),
  ...zooms,
};

const imagerySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('xyz'),
    /** With {z}, {x}, {y}, also {s} for one of `subdomains` and {key}; rows counted from the north. */
    url: address,
    subdomains: z.array(z.string().regex(/^[a-z0-9-]+$/i)).default([]),
    ...shared,
  }),
  z.strictObject({
    kind: z.literal('wmts'),
    /** Address of the service; what it is asked is added. */
    url: address,
    layer: z.string().min(1),
    style: z.string().default('default'),
    format: z.string().default('image/png'),
    tileMatrixSet: z.string().min(1),
    /** mercator: EPSG:3857; geographic: EPSG:4326 or EPSG:4490, two tiles at its level 0. */
    scheme: z.enum(['mercator', 'geographic']).default('mercator'),
    /** Added to the level for the name of the tile matrix. */
    levelOffset: z.number().int().min(-2).max(2).default(0),
    subdomains: z.array(z.string().regex(/^[a-z0-9-]+$/i)).default([]),
    ...shared,
  }),
  z.strictObject({
    kind: z.literal('tianditu'),
    /** img imagery, vec map, ter relief; cia, cva, cta their labels. */
    layer: z.enum(['img', 'vec', 'ter', 'cia', 'cva', 'cta']),
    ...shared,
    credit: credit.default('天地图'),
    keyEnv: z.string().min(1).default('TIANDITU_KEY'),
  }),
]);

export const basemapSchema = z
  .strictObject({
    /** The first lies lowest. */
    imagery: z.array(imagerySchema).max(8).default([]),
    /** A Cesium terrain service (layer.json with quantized-mesh) in place of the city's own. */
    terrain: z.strictObject({ url: address, credit }).optional(),
    /** tileset.json of others, drawn besides the city's own. */
    tilesets: z
      .array(z.strictObject({ url: address, credit }))
      .max(8)
      .default([]),
  })
  .prefault({});

type Settings = z.output<typeof basemapSchema>;
type Imagery = Settings['imagery'][number];

/** What pages get to know: addresses with every part filled in but {z}, {x}, {y} and {s}. */
export interface Basemap {
  readonly imagery: readonly {
    readonly url: string;
    readonly subdomains: readonly string[];
    readonly scheme: 'mercator' | 'geographic';
    readonly levelOffset: number;
    readonly minZoom: number;
    readonly maxZoom: number;
    readonly opacity: number;
    readonly credit: string;
  }[];
  readonly terrain: { readonly url: string; readonly credit: string } | null;
  readonly tilesets: readonly { readonly url: string; readonly credit: string }[];
}

/** @throws Error naming the setting whose key is not in the environment */
export function resolveBasemap(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): Basemap {
  return {
    imagery: settings.imagery.map((source, i) => {
      const { minZoom, maxZoom, opacity, credit: owner } = source;
      const key = keyOf(source, `basemap.imagery.${i}`, env);
      return { ...templateOf(source, key), minZoom, maxZoom, opacity, credit: owner };
    }),
    terrain: settings.terrain ?? null,
    tilesets: settings.tilesets,
  };
}

function keyOf(
  { keyEnv }: Imagery,
  where: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (keyEnv === undefined) return '';
  const key = env[keyEnv];
  if (key) return encodeURIComponent(key);
  throw new Error(`${where}.keyEnv: the environment has no ${keyEnv}: set it to the key of this service`);
}

type Template = Pick<Basemap['imagery'][number], 'url' | 'subdomains' | 'scheme' | 'levelOffset'>;

const TIANDITU_HOSTS = ['0', '1', '2', '3', '4', '5', '6', '7'];

function templateOf(source: Imagery, key: string): Template {
  if (source.kind === 'xyz') {
    const url = source.url.replaceAll('{key}', key);
    return { url, subdomains: source.subdomains, scheme: 'mercator', levelOffset: 0 };
  }
  if (source.kind === 'wmts') {
    const { layer, style, format, tileMatrixSet, scheme, levelOffset, subdomains } = source;
    const address = source.url.replaceAll('{key}', key);
    return { url: wmts(address, { layer, style, format, tileMatrixSet }), subdomains, scheme, levelOffset };
  }
  const address = `https://t{s}.tianditu.gov.cn/${source.layer}_w/wmts?tk=${key}`;
  const asked = { layer: source.layer, style: 'default', format: 'tiles', tileMatrixSet: 'w' };
  return { url: wmts(address, asked), subdomains: TIANDITU_HOSTS, scheme: 'mercator', levelOffset: 0 };
}

function wmts(
  address: string,
  asked: { layer: string; style: string; format: string; tileMatrixSet: string },
): string {
  const query = new URLSearchParams({
    SERVICE: 'WMTS',
    REQUEST: 'GetTile',
    VERSION: '1.0.0',
    LAYER: asked.layer,
    STYLE: asked.style,
    TILEMATRIXSET: asked.tileMatrixSet,
    FORMAT: asked.format,
  });
  return `${address}${address.includes('?') ? '&' : '?'}${query.toString()}&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}`;
}

/** The origins a page may ask besides its own: exactly those of the settings, none by default. */
export function originsOf({ imagery, terrain, tilesets }: Basemap): string[] {
  const addresses = [
    ...imagery.flatMap(({ url, subdomains }) =>
      subdomains.length === 0 ? [url] : subdomains.map((name) => url.replaceAll('{s}', name)),
    ),
    ...(terrain ? [terrain.url] : []),
    ...tilesets.map(({ url }) => url),
  ];
  return [...new Set(addresses.map((address) => new URL(address).origin))].sort();
}
