// Numbers by slot that grow with the table they belong to.
import { grownFloat64, grownUint32, grownUint8 } from '../../contracts/stores/store.ts';

const roomFor = (slot: number, had: number): number => Math.max(64, had * 2, slot + 1);

export class SlotNumbers {
  #data = new Float64Array(0);

  /** NaN where nothing was set. */
  get(slot: number): number {
    return slot < this.#data.length ? (this.#data[slot] as number) : NaN;
  }

  set(slot: number, value: number): void {
    if (slot >= this.#data.length)
      this.#data = grownFloat64(this.#data, roomFor(slot, this.#data.length), NaN);
    this.#data[slot] = value;
  }
}

export class SlotBytes {
  #data = new Uint8Array(0);

  get(slot: number): number {
    return slot < this.#data.length ? (this.#data[slot] as number) : 0;
  }

  set(slot: number, value: number): void {
    if (slot >= this.#data.length) this.#data = grownUint8(this.#data, roomFor(slot, this.#data.length));
    this.#data[slot] = value;
  }
}

export class SlotCounts {
  #data = new Uint32Array(0);

  get(slot: number): number {
    return slot < this.#data.length ? (this.#data[slot] as number) : 0;
  }

  set(slot: number, value: number): void {
    if (slot >= this.#data.length) this.#data = grownUint32(this.#data, roomFor(slot, this.#data.length));
    this.#data[slot] = value;
  }
}

/** Slots that wait for time to pass, each at most once. */
export class SlotList {
  #slots = new Uint32Array(16);
  readonly #isIn = new SlotBytes();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(slot: number): void {
    if (this.#isIn.get(slot) === 1) return;
    if (this.#count === this.#slots.length) this.#slots = grownUint32(this.#slots, this.#count * 2);
    this.#slots[this.#count++] = slot;
    this.#isIn.set(slot, 1);
  }

  /** Keeps those for which `stays` says so. Nothing may be added meanwhile. */
  filter(stays: (slot: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      const slot = this.#slots[i] as number;
      if (stays(slot)) this.#slots[kept++] = slot;
      else this.#isIn.set(slot, 0);
    }
    this.#count = kept;
  }
}
