// What can be found, and what the page and its search worker say to each other.
import type { LonLat, Title } from '../../../contracts/column.ts';

export const searchGroups = ['region', 'place', 'object', 'mover', 'layer', 'command'] as const;
export type SearchGroup = (typeof searchGroups)[number];

/** What the worker needs of an entry. */
export interface Named {
  readonly id: string;
  readonly group: SearchGroup;
  /** Names in Chinese: read as pinyin and initials. The first is what is shown. */
  readonly names: readonly string[];
  /** Names in Latin letters and known readings: matched from the beginning of a word. */
  readonly latin: readonly string[];
  /** 0–1: how likely it is meant when several fit equally. */
  readonly weight: number;
}

/** How an entry is shown and what choosing it does. */
export interface Entry extends Named {
  readonly title: Title;
  readonly kind: Title;
  /** What else tells it from others of its name: the county, keys. */
  readonly note: Title | null;
  readonly target:
    | { readonly type: 'place'; readonly at: LonLat; readonly rangeM: number }
    | { readonly type: 'row'; readonly layer: string; readonly key: string }
    | { readonly type: 'layer'; readonly slug: string }
    | { readonly type: 'command'; readonly id: string };
}

export interface Found {
  readonly id: string;
  readonly group: SearchGroup;
  readonly score: number;
  /** Part of the shown name that fits, in characters; null where another name or a Latin one did. */
  readonly part: readonly [from: number, to: number] | null;
}

export type ToSearch =
  | { readonly type: 'put'; readonly entries: readonly Named[] }
  | { readonly type: 'drop'; readonly ids: readonly string[] }
  | { readonly type: 'ask'; readonly serial: number; readonly text: string };

export interface FromSearch {
  readonly serial: number;
  readonly found: readonly Found[];
}
