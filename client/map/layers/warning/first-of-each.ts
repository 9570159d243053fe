/** The first item of each kind, in the order of the list. */
export function firstOfEach<T>(items: readonly T[], kindOf: (item: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const kind = kindOf(item);
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}
