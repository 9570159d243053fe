// What has a name that somebody may type, and what a page and its search worker say to each other.

/** What the worker needs to find something. */
export interface Named {
  readonly id: string;
  /** Each group is answered with its best by itself. */
  readonly group: string;
  /** Names in Chinese: read as pinyin and initials. The first is what is shown. */
  readonly names: readonly string[];
  /** Names in Latin letters and known readings: matched from the beginning of a word. */
  readonly latin: readonly string[];
  /** 0–1: how likely it is meant when several fit equally. */
  readonly weight: number;
}

export interface Found {
  readonly id: string;
  readonly group: string;
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
