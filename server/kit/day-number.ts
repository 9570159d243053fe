// Numbers for people: the local day, and which one of it.

/** `Z20260715-003`: `letter`, then the day in `timeZone`, then one more than `taken` has of that day. */
export function dayNumber(
  letter: string,
  taken: Iterable<string>,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): string {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
    .format(now)
    .replaceAll('-', '');
  const before = [...taken].filter((no) => no.startsWith(`${letter}${day}-`)).length;
  return `${letter}${day}-${String(before + 1).padStart(3, '0')}`;
}
