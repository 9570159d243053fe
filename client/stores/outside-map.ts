// Maps of others that the settings of the server name, as GET /api/city tells them. Untrusted until parsed.

export interface OutsideImagery {
  /** With {z}, {x}, {y}, rows counted from the north, and {s} for one of `subdomains`. */
  readonly url: string;
  readonly subdomains: readonly string[];
  readonly scheme: 'mercator' | 'geographic';
  /** Added to the level in the address. */
  readonly levelOffset: number;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** 0..1 */
  readonly opacity: number;
  readonly credit: string;
}

export interface OutsideService {
  readonly url: string;
  readonly credit: string;
}

export interface OutsideMap {
  /** The first lies lowest. */
  readonly imagery: readonly OutsideImagery[];
  readonly terrain: OutsideService | null;
  readonly tilesets: readonly OutsideService[];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

/** What does not fit is left out: a map without outside imagery is whole. */
export function parseOutsideMap(value: unknown): OutsideMap {
  const map = isObject(value) ? value : {};
  const services = (list: unknown): OutsideService[] =>
    (Array.isArray(list) ? list : [list]).flatMap((item) =>
      isObject(item) && typeof item['url'] === 'string'
        ? [{ url: item['url'], credit: String(item['credit'] ?? '') }]
        : [],
    );
  return {
    imagery: (Array.isArray(map['imagery']) ? map['imagery'] : []).filter(isObject).flatMap(toImagery),
    terrain: services(map['terrain'])[0] ?? null,
    tilesets: services(map['tilesets'] ?? []),
  };
}

function toImagery(source: Json): OutsideImagery[] {
  if (typeof source['url'] !== 'string') return [];
  const subdomains = source['subdomains'];
  return [
    {
      url: source['url'],
      subdomains: Array.isArray(subdomains) ? subdomains.map(String) : [],
      scheme: source['scheme'] === 'geographic' ? 'geographic' : 'mercator',
      levelOffset: numberOr(source['levelOffset'], 0),
      minZoom: numberOr(source['minZoom'], 0),
      maxZoom: numberOr(source['maxZoom'], 18),
      opacity: numberOr(source['opacity'], 1),
      credit: String(source['credit'] ?? ''),
    },
  ];
}
