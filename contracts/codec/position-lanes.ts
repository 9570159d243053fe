// Positions: x and y in planes of their own, as differences to the sent place, or to where motion predicts it.
// Code 0 in the x plane is null; its y code is 0.
import { unzigzag, zigzag } from '../bytes.ts';
import { NULL_QUANTUM } from '../column.ts';
import { CodedError } from '../errors.ts';
import type { PositionStore } from '../stores/position.ts';
import { MAX_X, MAX_Y } from '../stores/position.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane } from './lane.ts';
import { Picked, Stage, writePicked } from './lane.ts';
import { Motion, STATE, motionFits } from './motion.ts';
import type { ValidAtLane } from './valid-at-lane.ts';

/** Staged positions by place in the frame. */
class Places {
  readonly x = new Stage((size) => new Int32Array(size));
  readonly y = new Stage((size) => new Int32Array(size));

  setNull(place: number): void {
    this.x.data[place] = NULL_QUANTUM;
    this.y.data[place] = 0;
  }
}

/** Things that stand. */
export class PositionLane implements Lane {
  protected readonly live: PositionStore;
  protected readonly sent: PositionStore;
  readonly #putStage = new Places();
  readonly #patchStage = new Places();
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

  writePuts(out: FrameOut, slots: Int32Array, count: number, _state: boolean): void {
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
    const found = writePicked(out, this, slots, count, true);
    this.patchCodes(out.picked, found, out);
    out.plane(out.codes, found);
    out.plane(out.codesY, found);
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
    const stage = this.#putStage;
    const [stagedX, stagedY] = [stage.x.of(count), stage.y.of(count)];
    from.plane(from.codes, count);
    from.plane(from.codesY, count);
    let [baseX, baseY] = [0, 0];
    for (let i = 0; i < count; i++) {
      const code = from.codes[i] as number;
      if (code === 0) {
        stage.setNull(i);
        continue;
      }
      baseX = within(baseX + unzigzag(code - 1), MAX_X);
      baseY = within(baseY + unzigzag(from.codesY[i] as number), MAX_Y);
      stagedX[i] = baseX;
      stagedY[i] = baseY;
    }
  }

  commitPuts(slots: Int32Array, count: number): void {
    this.#commit(this.#putStage, slots, count);
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.picked.read(from, slots, count);
    from.plane(from.codes, found);
    from.plane(from.codesY, found);
    this.#patchStage.x.of(found);
    this.#patchStage.y.of(found);
    this.stagePatches(from, found, this.#patchStage);
  }

  protected stagePatches(from: FrameIn, count: number, stage: Places): void {
    for (let i = 0; i < count; i++) {
      const slot = this.picked.slots[i] as number;
      const code = from.codes[i] as number;
      if (code === 0) {
        stage.setNull(i);
        continue;
      }
      const known = !this.sent.isNull(slot);
      const [x, y] = known ? [this.sent.x[slot] as number, this.sent.y[slot] as number] : [0, 0];
      stage.x.data[i] = within(x + unzigzag(code - 1), MAX_X);
      stage.y.data[i] = within(y + unzigzag(from.codesY[i] as number), MAX_Y);
    }
  }

  commitPatches(): void {
    this.#commit(this.#patchStage, this.picked.slots, this.picked.count);
  }

  #commit(stage: Places, slots: Int32Array, count: number): void {
    const { x, y } = this.sent;
    const [stagedX, stagedY] = [stage.x.data, stage.y.data];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      x[slot] = stagedX[i] as number;
      y[slot] = stagedY[i] as number;
    }
  }
}

/** Things that move: as PositionLane, with differences to the predicted place. */
export class MotionLane extends PositionLane {
  readonly #validAt: ValidAtLane;
  readonly #motion = new Motion();
  readonly #putMotion = new Motion();
  readonly #patchMotion = new Motion();

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

  override writePuts(out: FrameOut, slots: Int32Array, count: number, state: boolean): void {
    super.writePuts(out, slots, count, state);
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
        motion.predict(slot, last, sentY[slot] as number, at);
        codes[i] = zigzag(x - Math.floor(motion.x + 0.5)) + 1;
        codesY[i] = zigzag(y - Math.floor(motion.y + 0.5));
        motion.update(slot, at, x, y, motion, slot);
      }
      sentX[slot] = x;
      sentY[slot] = y;
    }
  }

  override readPuts(from: FrameIn, count: number, state: boolean): void {
    super.readPuts(from, count, state);
    const staged = this.#putMotion;
    const moments = this.#validAt.puts.data;
    staged.reserve(count);
    for (let i = 0; i < count; i++) staged.reset(i, moments[i] as number);
    if (!state) return;
    const { codes } = from;
    from.plane(codes, count);
    for (let i = 0; i < count; i++) {
      staged.at[i] = within((moments[i] as number) - unzigzag(codes[i] as number), 2e15);
    }
    for (let field = 0; field < STATE; field++) {
      from.plane(codes, count);
      for (let i = 0; i < count; i++) {
        staged.state[i * STATE + field] = within(unzigzag(codes[i] as number), 0x7fffffff);
      }
    }
    for (let i = 0; i < count; i++) {
      if (!motionFits(staged.state, i * STATE))
        throw new CodedError('frame/value', `row ${i}: impossible motion`);
    }
  }

  override commitPuts(slots: Int32Array, count: number): void {
    super.commitPuts(slots, count);
    this.#motion.copy(this.#putMotion, slots, count);
  }

  override commitPatches(): void {
    super.commitPatches();
    this.#motion.copy(this.#patchMotion, this.picked.slots, this.picked.count);
  }

  protected override stagePatches(from: FrameIn, count: number, stage: Places): void {
    const motion = this.#motion;
    const staged = this.#patchMotion;
    staged.reserve(count);
    const { codes, codesY } = from;
    const { index, slots } = this.picked;
    const [sentX, sentY, stagedX, stagedY] = [this.sent.x, this.sent.y, stage.x.data, stage.y.data];
    const moments = this.#validAt.patches.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      const at = moments[index[i] as number] as number;
      const last = sentX[slot] as number;
      if (code === 0) {
        stage.setNull(i);
        staged.reset(i, at);
      } else if (last === NULL_QUANTUM) {
        stagedX[i] = within(unzigzag(code - 1), MAX_X);
        stagedY[i] = within(unzigzag(codesY[i] as number), MAX_Y);
        staged.reset(i, at);
      } else {
        motion.predict(slot, last, sentY[slot] as number, at);
        const x = within(Math.floor(motion.x + 0.5) + unzigzag(code - 1), MAX_X);
        const y = within(Math.floor(motion.y + 0.5) + unzigzag(codesY[i] as number), MAX_Y);
        stagedX[i] = x;
        stagedY[i] = y;
        motion.update(slot, at, x, y, staged, i);
      }
    }
  }
}

function within(value: number, limit: number): number {
  if (value >= -limit && value <= limit) return value;
  throw new CodedError('frame/value', `${value} is beyond ±${limit}`);
}
