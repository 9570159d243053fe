// Where history lies: <root>/<kind>/<layer>/<yyyymmdd>.<tier>.seg, a day being one of UTC; states not sealed yet
// in <root>/open.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Tier } from './tiers.ts';
import { tiers } from './tiers.ts';

const DAY_MS = 24 * 3_600_000;

/** state: key and delta frames. observed: batches, object by object. */
export const kinds = ['state', 'observed'] as const;
export type Kind = (typeof kinds)[number];

export interface HistoryFile {
  readonly file: string;
  readonly kind: Kind;
  readonly layer: string;
  /** Epoch ms of its first moment. */
  readonly day: number;
  readonly tier: Tier;
}

export class HistoryFiles {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get open(): string {
    return path.join(this.root, 'open');
  }

  /** The file that holds a moment. */
  at(kind: Kind, layer: string, { moment, tier }: { moment: number; tier: Tier }): HistoryFile {
    const day = Math.floor(moment / DAY_MS) * DAY_MS;
    const name = new Date(day).toISOString().slice(0, 10).replaceAll('-', '');
    return { file: path.join(this.root, kind, layer, `${name}.${tier}.seg`), kind, layer, day, tier };
  }

  layers(kind: Kind): string[] {
    return namesIn(path.join(this.root, kind));
  }

  /** Files of a layer, by day, the finest tier of a day first. */
  of(kind: Kind, layer: string): HistoryFile[] {
    const folder = path.join(this.root, kind, layer);
    const files = namesIn(folder).flatMap((name): HistoryFile[] => {
      const [, y, m, d, given] = /^(\d{4})(\d{2})(\d{2})\.(\w+)\.seg$/.exec(name) ?? [];
      const tier = tiers.find((one) => one === given);
      if (!tier) return [];
      const day = Date.UTC(Number(y), Number(m) - 1, Number(d));
      return [{ file: path.join(folder, name), kind, layer, day, tier }];
    });
    return files.sort((a, b) => a.day - b.day || tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
  }

  all(): HistoryFile[] {
    return kinds.flatMap((kind) => this.layers(kind).flatMap((layer) => this.of(kind, layer)));
  }
}

export const dayEnd = ({ day }: HistoryFile): number => day + DAY_MS;

export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

export function bytesUnder(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true }) as string[];
  } catch {
    return 0;
  }
  return names.reduce((sum, name) => sum + sizeOf(path.join(folder, name)), 0);
}

export function sizeOf(file: string): number {
  try {
    const facts = statSync(file);
    return facts.isFile() ? facts.size : 0;
  } catch {
    return 0;
  }
}
