// Places of the gazetteer in Chinese text: the longest name wins, and what only looks like a name is left alone.

export interface TextPlace {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: string;
  readonly lon: number;
  readonly lat: number;
  readonly countyCode: string;
}

/** Lines on the map: their names say no place, but they hide shorter names within them. */
const NO_POINT = new Set(['river', 'road', 'railway', 'county', 'overlay', 'kind']);
/** Stations are named after what stands there. */
const LEFT_OUT = new Set(['river-gauge', 'air-station', 'water-section']);
/** A short name before one of these is a part of another word: 朝天椒, 昭化路, 东河大桥. */
const GOES_ON = [
  '椒',
  '路',
  '街',
  '大道',
  '大桥',
  '隧道',
  '收费站',
  '服务区',
  '站',
  '江',
  '河',
  '湖',
  '水库',
];

export class PlacesInText {
  /** By first character; longest first. */
  readonly #names = new Map<string, { readonly name: string; readonly places: readonly TextPlace[] }[]>();

  constructor(places: Iterable<TextPlace>) {
    const byName = new Map<string, TextPlace[]>();
    for (const place of places) {
      if (LEFT_OUT.has(place.kind)) continue;
      for (const name of new Set([place.name, ...place.aliases])) {
        if (name.length >= 2) byName.set(name, [...(byName.get(name) ?? []), place]);
      }
    }
    for (const [name, held] of byName) {
      const first = name.charAt(0);
      this.#names.set(first, [...(this.#names.get(first) ?? []), { name, places: held }]);
    }
    for (const held of this.#names.values()) held.sort((a, b) => b.name.length - a.name.length);
  }

  /**
   * Names in the order of the text, and the place meant: of several of one name the one in a county that the text names or
   * `county` (code) says; none where that does not decide.
   */
  find(text: string, county = ''): { readonly names: readonly string[]; readonly place: TextPlace | null } {
    const found: { readonly name: string; readonly places: readonly TextPlace[] }[] = [];
    for (let at = 0; at < text.length;) {
      const hit = this.#names.get(text.charAt(at))?.find(({ name }) => isName(text, at, name));
      if (hit) found.push(hit);
      at += hit?.name.length ?? 1;
    }
    const counties = found.flatMap(({ places }) =>
      places.flatMap(({ kind, id }) => (kind === 'county' ? id : [])),
    );
    const inCounty = new Set([...counties, ...(county === '' ? [] : [county.slice(0, 6)])]);
    const points = found.map(({ places }) => places.filter(({ kind }) => !NO_POINT.has(kind)));
    const decided = points.flatMap((places) => {
      const there = places.filter(({ countyCode }) => inCounty.has(countyCode));
      return there[0] ?? (places.length === 1 ? (places[0] as TextPlace) : []);
    });
    return { names: found.map(({ name }) => name), place: decided[0] ?? null };
  }
}

/** Names that end like what follows are whole: 东河镇, 昭化古城. */
function isName(text: string, at: number, name: string): boolean {
  if (!text.startsWith(name, at)) return false;
  if (name.length > 3 || /[镇乡县区]$/.test(name)) return true;
  const rest = text.slice(at + name.length, at + name.length + 3);
  return !GOES_ON.some((word) => rest.startsWith(word));
}
