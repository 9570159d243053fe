// Rows of a table in the order people asked for by its head.
export interface SortBy {
  /** Name of the column. */
  readonly by: string;
  readonly descending: boolean;
}

/** The same column again turns the order round. */
export const turned = (sort: SortBy, by: string): SortBy => ({
  by,
  descending: sort.by === by && !sort.descending,
});

export type SortReader<Row> = (row: Row) => number | string | null;

/** A copy in order; what has no value comes last either way, equals stay as they were. */
export function sortedBy<Row>(rows: readonly Row[], sort: SortBy, read: SortReader<Row>): Row[] {
  const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });
  const turn = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, value: read(row) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const by =
      typeof a.value === 'number' && typeof b.value === 'number'
        ? a.value - b.value
        : collator.compare(String(a.value), String(b.value));
    return by * turn;
  });
  return keyed.map(({ row }) => row);
}
