// Where a moving thing will be: an alpha-beta filter (g-h filter; Brookner, Tracking and Kalman Filtering Made Easy,
// 1998, ch. 1) in fixed point, the same on both sides: IEEE additions, products and quotients, floor after each update.
import { grownFloat64, grownInt32 } from '../stores/store.ts';

/** The estimate's offset from the sent position, in sixteenths of a quantum. */
const OFFSET_SCALE = 16;
/** Velocity in 1/1024 quanta a second. */
const SPEED_SCALE = 1024;
/** Faster than 2^24 / 1024 quanta (18 km) a second is no motion. */
const MAX_SPEED = 0x1000000;
/** A report later than this after the one before says nothing about velocity. */
const MAX_DT_S = 120;

/**
 * Position and velocity gains of the n-th update: those of a growing-memory fit, 2(2n − 1) / n(n + 1) and 6 / n(n + 1),
 * to four decimals; the last pair stays. Measured best for 2 m noise at 1 Hz with turns.
 */
const ALPHA = Float64Array.of(1, 1, 0.8333, 0.7, 0.6, 0.5238, 0.4643, 0.4167);
const BETA = Float64Array.of(1, 1, 0.5, 0.3, 0.2, 0.1429, 0.1071, 0.0833);
/** A miss of more quanta than this is a turn: the memory shrinks to two updates. */
const TURN = 8;
const AFTER_TURN = 2;
const STEADY = ALPHA.length - 1;

/** Integers of state a row has: estimate offset x, y, velocity x, y, number of updates. */
export const STATE = 5;

/** Seconds a prediction may reach over, 0 where it must not use the velocity. Arguments in epoch ms. */
export function reach(last: number, at: number): number {
  const dt = (at - last) / 1000;
  return dt > 0 && dt <= MAX_DT_S ? dt : 0;
}

/** Quanta from the predicted to the true place. */
export interface Miss {
  readonly x: number;
  readonly y: number;
}

export class Motion {
  /** STATE integers a row. */
  state = new Int32Array(0);
  /** The moment of the last update, epoch ms. */
  at = new Float64Array(0);

  grow(capacity: number): void {
    this.state = grownInt32(this.state, capacity * STATE, 0);
    this.at = grownFloat64(this.at, capacity, 0);
  }

  /** As staging: room for `rows` rows. */
  reserve(rows: number): void {
    if (rows > this.at.length) this.grow(rows * 2);
  }

  /** Row i of `from` becomes row slots[i]. */
  copy(from: Motion, slots: Int32Array, count: number): void {
    const [at, state, fromAt, fromState] = [this.at, this.state, from.at, from.state];
    for (let i = 0, place = 0; i < count; i++, place += STATE) {
      const slot = slots[i] as number;
      const to = slot * STATE;
      at[slot] = fromAt[i] as number;
      state[to] = fromState[place] as number;
      state[to + 1] = fromState[place + 1] as number;
      state[to + 2] = fromState[place + 2] as number;
      state[to + 3] = fromState[place + 3] as number;
      state[to + 4] = fromState[place + 4] as number;
    }
  }

  /** Forgets the motion of a row: it stands at its position since `at`. */
  reset(row: number, at: number): void {
    this.state.fill(0, row * STATE, row * STATE + STATE);
    this.at[row] = at;
  }

  /**
   * Where the row that was at `last` will be in `dt` seconds, in quanta, not rounded. `from`: row × STATE, + 1 for y.
   */
  predict(from: number, last: number, dt: number): number {
    if (dt === 0) return last;
    const offset = (this.state[from] as number) / OFFSET_SCALE;
    return last + offset + ((this.state[from + 2] as number) / SPEED_SCALE) * dt;
  }

  /** The row is, `dt` seconds after its last update, `miss` beside its prediction. */
  update(row: number, dt: number, miss: Miss): void {
    const { state } = this;
    const { x: missX, y: missY } = miss;
    const at = row * STATE;
    if (dt === 0) {
      state.fill(0, at, at + STATE);
      return;
    }
    let age = state[at + 4] as number;
    if (age > AFTER_TURN && (Math.abs(missX) > TURN || Math.abs(missY) > TURN)) age = AFTER_TURN;
    const rest = (1 - (ALPHA[age] as number)) * OFFSET_SCALE;
    const beta = ((BETA[age] as number) / dt) * SPEED_SCALE;
    state[at] = Math.floor(0.5 - rest * missX);
    state[at + 1] = Math.floor(0.5 - rest * missY);
    state[at + 2] = speed((state[at + 2] as number) + beta * missX);
    state[at + 3] = speed((state[at + 3] as number) + beta * missY);
    state[at + 4] = age < STEADY ? age + 1 : STEADY;
  }
}

const speed = (value: number): number =>
  value > MAX_SPEED ? MAX_SPEED : value < -MAX_SPEED ? -MAX_SPEED : Math.floor(value + 0.5);

/** Whether a state out of a frame can be one of ours. */
export function motionFits(state: Int32Array, from: number): boolean {
  const age = state[from + 4] as number;
  return (
    age >= 0 &&
    age <= STEADY &&
    Math.abs(state[from + 2] as number) <= MAX_SPEED &&
    Math.abs(state[from + 3] as number) <= MAX_SPEED
  );
}
