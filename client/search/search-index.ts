// The index: names with their readings, and the order of what fits.
import type { Found, Named } from './named.ts';
import { fitOf, latinFit, latinOf, plain, type Latin, type Reading } from './match.ts';

/** Best of each group, and of all. */
const MOST_IN_GROUP = 8;

interface Indexed {
  readonly named: Named;
  readonly readings: readonly Reading[];
  readonly latin: readonly Latin[];
}

/** Weights of the parts of a score; sharpness (1–3) counts most, so that characters come before initials. */
const SCORE = { sharpness: 30, coverage: 40, start: 22, weight: 24, otherName: -6, latin: 52 };

export class SearchIndex {
  private readonly read: (name: string) => Reading;
  private readonly byId = new Map<string, Indexed>();

  /** @param read the reading of each character of a name */
  constructor(read: (name: string) => Reading) {
    this.read = read;
  }

  put(entries: readonly Named[]): void {
    for (const named of entries) {
      const readings = named.names.map((name) => this.read(name));
      this.byId.set(named.id, { named, readings, latin: named.latin.map(latinOf) });
    }
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.byId.delete(id);
  }

  /** What fits, best first, at most a handful of each group; nothing for an empty text. */
  find(text: string): Found[] {
    const query = plain(text);
    if (query === '') return [];
    const found: Found[] = [];
    for (const indexed of this.byId.values()) {
      const one = scoreOf(indexed, query);
      if (one) found.push(one);
    }
    found.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
    const taken = new Map<string, number>();
    return found.filter(({ group }) => {
      const count = taken.get(group) ?? 0;
      taken.set(group, count + 1);
      return count < MOST_IN_GROUP;
    });
  }
}

function scoreOf({ named, readings, latin }: Indexed, query: string): Found | null {
  let score = 0;
  let part: Found['part'] = null;
  readings.forEach((reading, index) => {
    const fit = fitOf(reading, query);
    if (!fit) return;
    const coverage = (fit.to - fit.from) / reading.chars.length;
    const own =
      fit.sharpness * SCORE.sharpness +
      coverage * SCORE.coverage +
      (fit.from === 0 ? SCORE.start : 0) +
      (index > 0 ? SCORE.otherName : 0);
    score = Math.max(score, own);
    if (index === 0) part = [fit.from, fit.to];
  });
  for (const name of latin) {
    score = Math.max(score, latinFit(name, query) * SCORE.latin);
  }
  if (score === 0) return null;
  return { id: named.id, group: named.group, score: score + named.weight * SCORE.weight, part };
}
