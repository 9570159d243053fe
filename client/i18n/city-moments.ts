// Moments as a form takes them: wall time of the city, whatever the time zone of the browser is.

const FORMAT = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

/** `2026-07-15T12:00:05`, as a field of type datetime-local takes it. @param at epoch ms */
export function fieldOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, ...FORMAT }).format(at).replace(' ', 'T');
}

/** Epoch ms of what such a field says; null where it says no moment. */
export function momentOf(field: string, timeZone: string): number | null {
  const wall = Date.parse(`${field}Z`);
  if (Number.isNaN(wall)) return null;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  let at = wall;
  for (let turn = 0; turn < 2; turn += 1) at += wall - Date.parse(`${fieldOf(at, timeZone)}Z`);
  return at;
}
