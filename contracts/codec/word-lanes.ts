// Lanes of text: word codes of the frame's word list. Regions and sources go the same way.
import { CodedError } from '../errors.ts';
import type { DictionaryStore, TextStore } from '../stores/text.ts';
import type { FrameIn } from './frame-in.ts';
import { corrupt } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane, Picks } from './lane.ts';
import { Picked, pickIntegers, pickValues, writePicked } from './lane.ts';

abstract class WordLane implements Lane {
  readonly #putStage: (string | null)[] = [];
  readonly #patchStage: (string | null)[] = [];
  readonly #picked = new Picked();

  protected abstract wordAt(slot: number): string | null;
  /** Refuses a word the column cannot hold. */
  protected abstract check(word: string | null): void;
  protected abstract store(slot: number, word: string | null): void;
  /** Leaves the rows that differ in `out.index` and `out.picked`. */
  protected abstract pick(out: FrameOut, rows: Picks): number;
  abstract differs(slot: number): boolean;
  abstract take(slots: Int32Array, count: number): void;

  grow(_capacity: number): void {
    // The values live in the stores.
  }

  writePuts(out: FrameOut, { slots, count }: Picks): void {
    for (let i = 0; i < count; i++) out.codes[i] = out.word(this.wordAt(slots[i] as number));
    out.plane(out.codes, count);
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const rows = writePicked(out, this.pick(out, { slots, count }), { slots, count });
    this.take(rows.slots, rows.count);
    this.writePuts(out, rows);
  }

  readPuts(from: FrameIn, count: number): void {
    this.#read(from, count, this.#putStage);
  }

  commitPuts(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) this.store(slots[i] as number, this.#putStage[i] as string | null);
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    this.#read(from, this.#picked.read(from, slots, count), this.#patchStage);
  }

  commitPatches(): void {
    const { slots, count } = this.#picked;
    for (let i = 0; i < count; i++) this.store(slots[i] as number, this.#patchStage[i] as string | null);
  }

  #read(from: FrameIn, count: number, staged: (string | null)[]): void {
    from.plane(from.codes, count);
    staged.length = 0;
    for (let i = 0; i < count; i++) {
      const word = from.word(from.codes[i] as number);
      this.check(word);
      staged.push(word);
    }
  }
}

export class TextLane extends WordLane {
  readonly #live: TextStore;
  readonly #sent: TextStore;

  constructor(live: TextStore, sent: TextStore) {
    super();
    this.#live = live;
    this.#sent = sent;
  }

  override differs(slot: number): boolean {
    return this.#live.data[slot] !== this.#sent.data[slot];
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickValues(out, rows, { live: this.#live.data, sent: this.#sent.data });
  }

  override take(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.#sent.data[slot] = this.#live.get(slot);
    }
  }

  protected override wordAt(slot: number): string | null {
    return this.#sent.get(slot);
  }

  protected override check(word: string | null): void {
    const bad = this.#sent.fault(word);
    if (bad) throw new CodedError('frame/value', bad);
  }

  protected override store(slot: number, word: string | null): void {
    this.#sent.data[slot] = word;
  }
}

/** The sending stores share one dictionary. */
export class DictionaryLane extends WordLane {
  readonly #live: DictionaryStore;
  readonly #sent: DictionaryStore;

  constructor(live: DictionaryStore, sent: DictionaryStore) {
    super();
    this.#live = live;
    this.#sent = sent;
  }

  override differs(slot: number): boolean {
    return this.#live.data[slot] !== this.#sent.data[slot];
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickIntegers(out, rows, { live: this.#live.data, sent: this.#sent.data });
  }

  override take(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.#sent.data[slot] = this.#live.data[slot] as number;
    }
  }

  protected override wordAt(slot: number): string | null {
    return this.#sent.get(slot);
  }

  protected override check(word: string | null): void {
    if (word === null) throw corrupt('null for a region or a source');
    const bad = this.#sent.fault(word);
    if (bad) throw new CodedError('frame/value', bad);
  }

  protected override store(slot: number, word: string | null): void {
    this.#sent.set(slot, word ?? '');
  }
}
