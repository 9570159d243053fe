// Preloaded (`--import`) into the server and the simulated city of a picture run: their clock starts at a chosen moment,
// runs faster until another, and before and after as usual. Both get the same numbers, so both show the same time.
import process from 'node:process';

/** COCKPIT_CITY_TIME: "begun,from,until,speed", three moments in epoch ms and a factor. */
const [begunAt = NaN, fromAt = NaN, untilAt = NaN, speed = NaN] = (process.env.COCKPIT_CITY_TIME ?? '')
  .split(',')
  .map(Number);
if (!(begunAt > 0 && untilAt >= fromAt && speed >= 1))
  throw new Error(`COCKPIT_CITY_TIME=${process.env.COCKPIT_CITY_TIME}: give begun,from,until,speed`);

/** @type {any} */
const realTimeout = globalThis.setTimeout;
const realElapsed = performance.now.bind(performance);
const hurriedMs = (untilAt - fromAt) / speed;

/** The city clock, with fractions of a millisecond. */
const cityNow = () => {
  const passed = performance.timeOrigin + realElapsed() - begunAt;
  if (passed < 0) return fromAt + passed;
  return passed < hurriedMs ? fromAt + passed * speed : untilAt + passed - hurriedMs;
};
const isHurried = () => cityNow() > fromAt && cityNow() < untilAt;
const loadedAt = cityNow();

Date.now = () => Math.floor(cityNow());
performance.now = () => cityNow() - loadedAt;
// Waits that are under way when the hurry ends are ended early: our clocks look at the time and wait on.
/** @type {(run: () => void, ms?: number, ...rest: unknown[]) => unknown} */
const hurriedTimeout = (run, ms = 0, ...rest) => realTimeout(run, isHurried() ? ms / speed : ms, ...rest);
Reflect.set(globalThis, 'setTimeout', Object.assign(hurriedTimeout, realTimeout));
