// Positions: x and y in planes of their own, as differences to the sent place, or to where motion predicts it.
// Code 0 in the x plane is null; its y code is 0.
import { unzigzag, zigzag } from '../bytes.ts';
import { NULL_QUANTUM } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { PositionStore } from '../stores/position.ts';
import { MAX_X, MAX_Y } from '../stores/position.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane, Picks } from './lane.ts';
import { Codes, Picked, pickPlaces, writePickedDense } from './lane.ts';
import { Motion, STATE, motionFits, reach } from './motion.ts';
import type { ValidAtLane } from './valid-at-lane.ts';

/** Things that stand. */
export class PositionLane implements Lane {
  protected readonly live: PositionStore;
  protected readonly sent: PositionStore;
  readonly #putX = new Codes();
  readonly #putY = new Codes();
  readonly #patchX = new Codes();
  readonly #patchY = new Codes();
  protected readonly picked = new Picked();

  constructor(live: PositionStore, sent: PositionStore) {
    this.live = live;
    this.sent = sent;
  }

  grow(_capacity: number): void {
    // The values live in the stores.
  }

  differs(slot: number): boolean {
    return this.live.x[slot] !== this.sent.x[slot] || this.live.y[slot] !== this.sent.y[slot];
  }

  take(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.sent.x[slot] = this.live.x[slot] as number;
      this.sent.y[slot] = this.live.y[slot] as number;
    }
  }

  writePuts(out: FrameOut, { slots, count }: Picks, _state: boolean): void {
    const { codes, codesY } = out;
    let [baseX, baseY] = [0, 0];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const x = this.sent.x[slot] as number;
      const y = this.sent.y[slot] as number;
      if (x === NULL_QUANTUM) {
        codes[i] = 0;
        codesY[i] = 0;
        continue;
      }
      codes[i] = zigzag(x - baseX) + 1;
      codesY[i] = zigzag(y - baseY);
      [baseX, baseY] = [x, y];
    }
    out.plane(codes, count);
    out.plane(codesY, count);
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const all = { slots, count };
    const rows = writePickedDense(out, pickPlaces(out, all, { live: this.live, sent: this.sent }), all);
    this.patchCodes(rows.slots, rows.count, out);
    out.plane(out.codes, rows.count);
    out.plane(out.codesY, rows.count);
  }

  protected patchCodes(slots: Int32Array, count: number, out: FrameOut): void {
    const { codes, codesY } = out;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const x = this.live.x[slot] as number;
      const y = this.live.y[slot] as number;
      const known = !this.sent.isNull(slot);
      codes[i] = x === NULL_QUANTUM ? 0 : zigzag(x - (known ? (this.sent.x[slot] as number) : 0)) + 1;
      codesY[i] = x === NULL_QUANTUM ? 0 : zigzag(y - (known ? (this.sent.y[slot] as number) : 0));
      this.sent.x[slot] = x;
      this.sent.y[slot] = y;
    }
  }

  readPuts(from: FrameIn, count: number, _state: boolean): void {
    from.plane(this.#putX.of(count), count);
    from.plane(this.#putY.of(count), count);
  }

  commitPuts(slots: Int32Array, count: number): void {
    const { x, y } = this.sent;
    const [codes, codesY] = [this.#putX.data, this.#putY.data];
    let [baseX, baseY] = [0, 0];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      if (code !== 0) {
        baseX = within(baseX + unzigzag(code - 1), MAX_X);
        baseY = within(baseY + unzigzag(codesY[i] as number), MAX_Y);
      }
      x[slot] = code === 0 ? NULL_QUANTUM : baseX;
      y[slot] = code === 0 ? 0 : baseY;
    }
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.picked.read(from, slots, count);
    from.plane(this.#patchX.of(found), found);
    from.plane(this.#patchY.of(found), found);
  }

  commitPatches(): void {
    this.store(this.#patchX.data, this.#patchY.data);
  }

  protected store(codes: Float64Array, codesY: Float64Array): void {
    const { x, y } = this.sent;
    const { slots, count } = this.picked;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      const known = x[slot] !== NULL_QUANTUM;
      const [lastX, lastY] = known ? [x[slot] as number, y[slot] as number] : [0, 0];
      x[slot] = code === 0 ? NULL_QUANTUM : within(lastX + unzigzag(code - 1), MAX_X);
      y[slot] = code === 0 ? 0 : within(lastY + unzigzag(codesY[i] as number), MAX_Y);
    }
  }
}

/** Things that move: as PositionLane, with differences to the predicted place. */
export class MotionLane extends PositionLane {
  readonly #validAt: ValidAtLane;
  readonly #motion = new Motion();
  readonly #staged = new Motion();
  readonly #ages = new Codes();
  #hasState = false;

  constructor(live: PositionStore, sent: PositionStore, validAt: ValidAtLane) {
    super(live, sent);
    this.#validAt = validAt;
  }

  override grow(capacity: number): void {
    this.#motion.grow(capacity);
  }

  override take(slots: Int32Array, count: number): void {
    super.take(slots, count);
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.#motion.reset(slot, this.#validAt.sent.data[slot] as number);
    }
  }

  override writePuts(out: FrameOut, rows: Picks, state: boolean): void {
    super.writePuts(out, rows, state);
    const { slots, count } = rows;
    if (!state) return;
    const { codes } = out;
    const motion = this.#motion;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      codes[i] = zigzag((this.#validAt.sent.data[slot] as number) - (motion.at[slot] as number));
    }
    out.plane(codes, count);
    for (let field = 0; field < STATE; field++) {
      for (let i = 0; i < count; i++)
        codes[i] = zigzag(motion.state[(slots[i] as number) * STATE + field] as number);
      out.plane(codes, count);
    }
  }

  protected override patchCodes(slots: Int32Array, count: number, out: FrameOut): void {
    const { codes, codesY } = out;
    const motion = this.#motion;
    const [liveX, liveY, sentX, sentY] = [this.live.x, this.live.y, this.sent.x, this.sent.y];
    const moments = this.#validAt.sent.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const x = liveX[slot] as number;
      const y = liveY[slot] as number;
      const last = sentX[slot] as number;
      const at = moments[slot] as number;
      if (x === NULL_QUANTUM || last === NULL_QUANTUM) {
        codes[i] = x === NULL_QUANTUM ? 0 : zigzag(x) + 1;
        codesY[i] = x === NULL_QUANTUM ? 0 : zigzag(y);
        motion.reset(slot, at);
      } else {
        const dt = reach(motion.at[slot] as number, at);
        const toX = motion.predict(slot * STATE, last, dt);
        const toY = motion.predict(slot * STATE + 1, sentY[slot] as number, dt);
        codes[i] = zigzag(x - Math.floor(toX + 0.5)) + 1;
        codesY[i] = zigzag(y - Math.floor(toY + 0.5));
        motion.at[slot] = at;
        motion.update(slot, dt, { x: x - toX, y: y - toY });
      }
      sentX[slot] = x;
      sentY[slot] = y;
    }
  }

  override readPuts(from: FrameIn, count: number, state: boolean): void {
    super.readPuts(from, count, state);
    this.#hasState = state;
    if (!state) return;
    from.plane(this.#ages.of(count), count);
    const staged = this.#staged;
    staged.reserve(count);
    const { codes } = from;
    for (let field = 0; field < STATE; field++) {
      from.plane(codes, count);
      for (let i = 0; i < count; i++) staged.state[i * STATE + field] = unzigzag(codes[i] as number);
    }
    for (let i = 0; i < count; i++) {
      if (!motionFits(staged.state, i * STATE))
        throw new CodedError('frame/value', `row ${i}: impossible motion`);
    }
  }

  // After the lane of validAt, whose moments it needs.
  override commitPuts(slots: Int32Array, count: number): void {
    super.commitPuts(slots, count);
    const [moments, ages, staged, motion] = [
      this.#validAt.sent.data,
      this.#ages.data,
      this.#staged,
      this.#motion,
    ];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const at = moments[slot] as number;
      if (this.#hasState) staged.at[i] = at - unzigzag(ages[i] as number);
      else motion.reset(slot, at);
    }
    if (this.#hasState) motion.copy(staged, slots, count);
  }

  protected override store(codes: Float64Array, codesY: Float64Array): void {
    const motion = this.#motion;
    const { slots, count } = this.picked;
    const { x: sentX, y: sentY } = this.sent;
    const moments = this.#validAt.sent.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      const at = moments[slot] as number;
      const last = sentX[slot] as number;
      if (code === 0 || last === NULL_QUANTUM) {
        sentX[slot] = code === 0 ? NULL_QUANTUM : within(unzigzag(code - 1), MAX_X);
        sentY[slot] = code === 0 ? 0 : within(unzigzag(codesY[i] as number), MAX_Y);
        motion.reset(slot, at);
        continue;
      }
      const dt = reach(motion.at[slot] as number, at);
      const toX = motion.predict(slot * STATE, last, dt);
      const toY = motion.predict(slot * STATE + 1, sentY[slot] as number, dt);
      const x = within(Math.floor(toX + 0.5) + unzigzag(code - 1), MAX_X);
      const y = within(Math.floor(toY + 0.5) + unzigzag(codesY[i] as number), MAX_Y);
      sentX[slot] = x;
      sentY[slot] = y;
      motion.at[slot] = at;
      motion.update(slot, dt, { x: x - toX, y: y - toY });
    }
  }
}

/** Beyond the limits, which a sender never passes, coordinates are kept at them. */
const within = (value: number, limit: number): number =>
  value > limit ? limit : value < -limit ? -limit : value;
