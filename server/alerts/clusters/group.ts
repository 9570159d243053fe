// A group of signals: what it is made of, what it says, and what its signals contradict each other in.
import type { Cluster, ClusterSignal } from '../../../contracts/records/cluster.ts';
import { levelOf } from '../level.ts';
import type { PlacesInText } from './places-in-text.ts';
import type { GroupFacts } from './score.ts';
import { wordsOf } from './signals.ts';

/** Words of the first signals say what it is about; of ten thousand they would say everything. */
const MOST_WORDS = 200;
const MOST_LISTED = 200;

export const signalKey = ({ layer, key }: { readonly layer: string; readonly key: string }): string =>
  `${layer} ${key}`;

export class Group implements GroupFacts {
  readonly id: string;
  readonly members = new Map<string, ClusterSignal>();
  readonly words = new Set<string>();
  readonly names = new Set<string>();
  readonly rules = new Set<string>();
  state: Cluster['state'] = 'proposed';
  by: string | null = null;
  firstAt = Infinity;
  lastAt = -Infinity;
  box: [number, number, number, number] | null = null;
  #lon = 0;
  #lat = 0;
  #placed = 0;

  constructor(id: string) {
    this.id = id;
  }

  get centre(): { readonly lon: number; readonly lat: number } | null {
    return this.#placed === 0 ? null : { lon: this.#lon / this.#placed, lat: this.#lat / this.#placed };
  }

  add(signal: ClusterSignal, places: PlacesInText): void {
    this.members.set(signalKey(signal), signal);
    this.firstAt = Math.min(this.firstAt, signal.at);
    this.lastAt = Math.max(this.lastAt, signal.at);
    if (this.words.size < MOST_WORDS) {
      const { names } = places.find(signal.title, signal.facts.region);
      for (const word of wordsOf(signal.title, names)) this.words.add(word);
      for (const name of names) this.names.add(name);
    }
    if (signal.position) this.#place(signal.position, signal.facts.rule);
  }

  #place([lon, lat]: readonly [number, number], rule: string): void {
    this.#lon += lon;
    this.#lat += lat;
    this.#placed += 1;
    if (rule === '') return;
    this.rules.add(rule);
    const [west, south, east, north] = this.box ?? [lon, lat, lon, lat];
    this.box = [Math.min(west, lon), Math.min(south, lat), Math.max(east, lon), Math.max(north, lat)];
  }

  /** The same signal says something else now: a call was closed, a level changed. */
  update(signal: ClusterSignal): boolean {
    const before = this.members.get(signalKey(signal));
    if (!before) return false;
    const { confidence, reasons } = before;
    const now = { ...signal, at: before.at, confidence, reasons };
    if (JSON.stringify(now) === JSON.stringify(before)) return false;
    this.members.set(signalKey(signal), now);
    return true;
  }

  listed(): Cluster {
    const all = [...this.members.values()];
    const lead = leadOf(all);
    const kinds: Record<string, number> = {};
    for (const { layer } of all) kinds[layer] = (kinds[layer] ?? 0) + 1;
    const { centre } = this;
    const joined = all.slice(1);
    const mean = joined.reduce((sum, one) => sum + one.confidence, 0) / Math.max(1, joined.length);
    return {
      id: this.id,
      state: this.state,
      title: lead?.title ?? '',
      severity: lead?.severity ?? null,
      position: centre && [round(centre.lon), round(centre.lat)],
      region: all.find(({ facts }) => facts.region !== '')?.facts.region ?? '',
      confidence: this.state === 'confirmed' ? 1 : Math.round(mean * 100) / 100,
      reasons: [...new Set(joined.flatMap(({ reasons }) => reasons))].slice(0, 8),
      contradictions: contradictionsOf(all),
      firstAt: this.firstAt,
      lastAt: this.lastAt,
      by: this.by,
      count: all.length,
      kinds,
      signals: all.slice(0, MOST_LISTED),
    };
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** The gravest, then the first. */
function leadOf(all: readonly ClusterSignal[]): ClusterSignal | undefined {
  let lead = all[0];
  for (const one of all) if (gravity(one) > gravity(lead)) lead = one;
  return lead;
}

const gravity = (signal: ClusterSignal | undefined): number =>
  signal?.severity ? levelOf(signal.severity) : 0;

/** What cannot be true together, in words for a card. */
export function contradictionsOf(all: readonly ClusterSignal[]): string[] {
  const found: string[] = [];
  const hurt = [...new Set(all.flatMap(({ facts }) => facts.hurt ?? []))].sort((a, b) => a - b);
  if (hurt.length > 1) found.push(`伤亡或被困人数不一：${hurt.map((count) => `${count} 人`).join('、')}`);
  const told = all.filter(({ layer }) => layer === 'emergency-call' || layer === 'ticket');
  const closed = told.filter(({ facts }) => facts.closed).length;
  if (closed > 0 && closed < told.length)
    found.push(`${closed} 条来源称已办结，${told.length - closed} 条仍在办`);
  const counties = [...new Set(told.flatMap(({ facts }) => facts.region.slice(0, 6) || []))];
  if (counties.length > 1) found.push(`所属区县不一：${counties.join('、')}`);
  const levels = all.map(gravity).filter((level) => level > 0);
  if (levels.length > 1 && Math.max(...spread(levels)) - Math.min(...spread(levels)) >= 2)
    found.push('各来源所报级别相差两级以上');
  return found;
}

/** Levels that occur: ten thousand arguments are too many for a call. */
const spread = (levels: readonly number[]): number[] => [...new Set(levels)];
