// Up and down through the rows of a table: the focus goes from the button of one row to that of the next.
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** For `@keydown` of a table whose rows each hold one `[data-row-stop]`. */
export function walkRows(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const { target, currentTarget: table } = event;
  if (step === undefined || !(target instanceof HTMLElement) || !(table instanceof HTMLElement)) return;
  const stops = [...table.querySelectorAll<HTMLElement>('[data-row-stop]')];
  const at = stops.indexOf(target);
  if (at < 0) return;
  stops[Math.min(Math.max(at + step, 0), stops.length - 1)]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
