// The rounds of a batch: the first observation of every key, then the second of those that have one, and so on.

/** What a batch says of its observations, by their index. */
interface Observations {
  readonly count: number;
  readonly keys: readonly string[];
  /** Into `keys`. */
  readonly keyIndex: Int32Array;
}

export interface Rounds {
  /** Of the observations, in order of first use. */
  readonly keys: readonly string[];
  /** Indices of the observations, round by round, in each by key. */
  readonly rows: Int32Array;
  /** The key of each of `rows`: its place in `keys`. */
  readonly slots: Int32Array;
  /** Where each round ends in `rows`. */
  readonly ends: readonly number[];
}

/** Rounds of the picked observations, or of all. */
export function roundsOf(batch: Observations, picked?: Int32Array): Rounds {
  const { keys, ids } = picked ? keysOf(batch, picked) : { keys: batch.keys, ids: batch.keyIndex };
  const count = picked ? picked.length : batch.count;
  const seen = new Int32Array(keys.length);
  const round = new Int32Array(count);
  const ends: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = ids[i] as number;
    const nth = seen[id] as number;
    round[i] = nth;
    seen[id] = nth + 1;
    ends[nth] = (ends[nth] ?? 0) + 1;
  }
  for (let nth = 1; nth < ends.length; nth++) ends[nth] = (ends[nth] as number) + (ends[nth - 1] as number);
  // Keys ascend within a round: walk the observations by key, each into the next place of its round.
  const byKey = new Int32Array(count);
  const next = new Int32Array(keys.length);
  for (let id = 1; id < next.length; id++) next[id] = (next[id - 1] as number) + (seen[id - 1] as number);
  for (let i = 0; i < count; i++) {
    const id = ids[i] as number;
    byKey[next[id] as number] = i;
    next[id] = (next[id] as number) + 1;
  }
  const place = Int32Array.from(ends, (_, nth) => (nth === 0 ? 0 : (ends[nth - 1] as number)));
  const rows = new Int32Array(count);
  const slots = new Int32Array(count);
  for (const i of byKey) {
    const nth = round[i] as number;
    const at = place[nth] as number;
    rows[at] = picked ? (picked[i] as number) : i;
    slots[at] = ids[i] as number;
    place[nth] = at + 1;
  }
  return { keys, rows, slots, ends };
}

/** The keys of the picked observations, numbered anew. */
function keysOf({ keys, keyIndex }: Observations, picked: Int32Array): { keys: string[]; ids: Int32Array } {
  const numbers = new Int32Array(keys.length).fill(-1);
  const own: string[] = [];
  const ids = new Int32Array(picked.length);
  for (let i = 0; i < picked.length; i++) {
    const key = keyIndex[picked[i] as number] as number;
    if ((numbers[key] as number) < 0) numbers[key] = own.push(keys[key] as string) - 1;
    ids[i] = numbers[key] as number;
  }
  return { keys: own, ids };
}
