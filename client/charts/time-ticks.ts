// Where the time axis is labelled: whole hours of the city's own clock, few enough to be read.
const HOUR_MS = 3_600_000;
const WEEK_H = 168;
const STEPS_H = [1 / 12, 1 / 6, 1 / 4, 1 / 2, 1, 2, 3, 6, 12, 24, 48, 72, WEEK_H];

/** Minutes the city's clock is ahead of UTC at a moment. */
export function zoneOffsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** Moments to label between two others, at most `most`. */
export function timeTicks(
  from: number,
  to: number,
  { most, timeZone }: { most: number; timeZone: string },
): number[] {
  const span = (to - from) / HOUR_MS;
  const weeks = Math.ceil(span / most / WEEK_H) * WEEK_H;
  const stepMs = (STEPS_H.find((step) => span / step <= most) ?? weeks) * HOUR_MS;
  const offset = zoneOffsetMs(from, timeZone);
  const ticks: number[] = [];
  for (let at = Math.ceil((from + offset) / stepMs) * stepMs - offset; at <= to; at += stepMs) ticks.push(at);
  return ticks;
}

/** `06:00`, or the date where a day begins. */
export function tickText(at: number, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  if (clock !== '00:00') return clock;
  return new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).format(at);
}
