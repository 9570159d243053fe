// How fast the past is played, and what that means for what is asked of the server.

/** Seconds of the city in one second, slowest first. */
export const speeds = [1 / 8, 1 / 4, 1 / 2, 1, 2, 5, 10, 30, 60, 120, 300, 600] as const;

/** States in one second that people and the map can follow: up to this speed every tick is shown, beyond it thinned ones. */
const MOST_STATES_S = 60;
/** Seconds of playing that one question to the server is good for. */
const STRETCH_S = 2;
const LEAST_STRETCH_MS = 10_000;
/** What the server answers at once, at most. */
const MOST_STRETCH_MS = 20 * 60_000;

/** Milliseconds of the city between two states at a speed; 0: every tick that was recorded. */
export const stepOf = (speed: number): number =>
  speed <= MOST_STATES_S ? 0 : Math.round((speed / MOST_STATES_S) * 1000);

/** Milliseconds of the city to ask for at once. */
export const stretchOf = (speed: number): number =>
  Math.min(MOST_STRETCH_MS, Math.max(LEAST_STRETCH_MS, speed * STRETCH_S * 1000));

/** `⅛`, `½`, `60`. */
export function speedName(speed: number): string {
  const part: Readonly<Record<string, string>> = { '0.125': '⅛', '0.25': '¼', '0.5': '½' };
  return part[String(speed)] ?? String(speed);
}

/** The next speed up or down; the last one stays. */
export function nextSpeed(speed: number, by: 1 | -1): number {
  const at = speeds.findIndex((one) => one >= speed);
  return speeds[Math.min(speeds.length - 1, Math.max(0, (at < 0 ? speeds.length - 1 : at) + by))] ?? speed;
}
