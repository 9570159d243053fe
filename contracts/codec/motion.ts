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

/** Position and velocity gains of the n-th update after a put or a jump; the last pair stays. */
const ALPHA = Float64Array.of(1, 0.8, 0.65, 0.55, 0.48, 0.44);
const BETA = Float64Array.of(1, 0.5, 0.3, 0.2, 0.14, 0.11);
const STEADY = ALPHA.length - 1;

/** Integers of state a row has: estimate offset x, y, velocity x, y, number of updates. */
export const STATE = 5;

export class Motion {
  /** STATE integers a row. */
  state = new Int32Array(0);
  /** The moment of the last update, epoch ms. */
  at = new Float64Array(0);
  /** The last prediction, in quanta, not rounded, and the seconds it reaches over (0: no use for velocity). */
  x = 0;
  y = 0;
  #dt = 0;

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
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.at[slot] = from.at[i] as number;
      const to = slot * STATE;
      for (let field = 0; field < STATE; field++)
        this.state[to + field] = from.state[i * STATE + field] as number;
    }
  }

  /** Forgets the motion of a row: it stands at its position since `at`. */
  reset(row: number, at: number): void {
    this.state.fill(0, row * STATE, row * STATE + STATE);
    this.at[row] = at;
  }

  /** Sets `x`, `y` to where the row that was at (lastX, lastY) will be at `at`. */
  predict(row: number, lastX: number, lastY: number, at: number): void {
    const { state } = this;
    const from = row * STATE;
    const dt = (at - (this.at[row] as number)) / 1000;
    if (dt > 0 && dt <= MAX_DT_S) {
      this.#dt = dt;
      this.x =
        lastX + (state[from] as number) / OFFSET_SCALE + ((state[from + 2] as number) / SPEED_SCALE) * dt;
      this.y =
        lastY + (state[from + 1] as number) / OFFSET_SCALE + ((state[from + 3] as number) / SPEED_SCALE) * dt;
    } else {
      this.#dt = 0;
      this.x = lastX;
      this.y = lastY;
    }
  }

  /** After `predict`: writes the state of `row`, now known to be at (x, y) at `at`, into row `place` of `into`. */
  update(row: number, at: number, x: number, y: number, into: Motion, place: number): void {
    const from = row * STATE;
    const to = place * STATE;
    const old = this.state;
    const { state } = into;
    into.at[place] = at;
    const dt = this.#dt;
    if (dt === 0) {
      state.fill(0, to, to + STATE);
      return;
    }
    const age = old[from + 4] as number;
    const alpha = ALPHA[age] as number;
    const beta = (BETA[age] as number) / dt;
    const missX = x - this.x;
    const missY = y - this.y;
    state[to] = Math.floor(-(1 - alpha) * missX * OFFSET_SCALE + 0.5);
    state[to + 1] = Math.floor(-(1 - alpha) * missY * OFFSET_SCALE + 0.5);
    state[to + 2] = speed((old[from + 2] as number) + beta * missX * SPEED_SCALE);
    state[to + 3] = speed((old[from + 3] as number) + beta * missY * SPEED_SCALE);
    state[to + 4] = age < STEADY ? age + 1 : STEADY;
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
