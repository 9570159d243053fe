// What an operator makes single stations say: values by time in place of their own, whatever feed they speak on.
import { valueAt, type TimedCurve } from '../engine/curve.ts';

export interface WantedValues {
  set(wanted: Wanted): void;
  /** The records of a feed with the wanted values in them; the same list where none is wanted. */
  apply<T extends object>(feed: string, records: readonly T[]): readonly T[];
}

export interface Wanted {
  feed: string;
  /** As the feed names its stations. */
  id: string;
  /** Field of the record, or of its `values` → curve. */
  values: ReadonlyMap<string, TimedCurve>;
  until: number;
}

type Fields = Record<string, unknown>;
/** Fields by which feeds name their stations. */
const ID_FIELDS = ['id', 'stationId', 'pointId', 'stcd'] as const;

const idOf = (record: Fields): unknown =>
  ID_FIELDS.map((field) => record[field]).find((id) => id !== undefined);

const rounded = (value: number): number => Number(value.toPrecision(6));

function changed(record: Fields, wanted: Wanted, at: number): Fields {
  const next: Fields = { ...record };
  const inner = record['values'];
  const nested = typeof inner === 'object' && inner !== null ? { ...(inner as Fields) } : null;
  for (const [field, curve] of wanted.values) {
    if (nested !== null && !(field in record)) nested[field] = rounded(valueAt(curve, at));
    else next[field] = rounded(valueAt(curve, at));
  }
  if (nested !== null) next['values'] = nested;
  // A value that is wanted is a value that counts.
  const flags = record['flags'];
  if (typeof flags === 'object' && flags !== null) {
    next['flags'] = {
      ...flags,
      ...Object.fromEntries([...wanted.values.keys()].map((field) => [field, 'N'])),
    };
  }
  return next;
}

export function createWantedValues(now: () => number): WantedValues {
  let list: Wanted[] = [];
  return {
    set: (wanted) => {
      list = [...list.filter((w) => w.until > now()), wanted];
    },
    apply: <T extends object>(feed: string, records: readonly T[]): readonly T[] => {
      const at = now();
      const active = list.filter((w) => w.feed === feed && w.until > at);
      if (active.length === 0) return records;
      return records.map((record) => {
        let fields = record as Fields;
        for (const wanted of active) if (idOf(fields) === wanted.id) fields = changed(fields, wanted, at);
        return fields as T;
      });
    },
  };
}
