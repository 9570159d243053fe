// The body of a frame while it is written: planes, row sets, words. Reused from frame to frame.
import { ByteWriter, utf8Length } from '../bytes.ts';
import { CONSTANT, DENSE, MOSTLY, SET_ALL, SET_EMPTY, SET_GAPS, SET_MASK, SET_XOR } from './layout.ts';

export class FrameOut {
  readonly body = new ByteWriter(1 << 16);
  /** Scratch for one plane, and for a second one beside it. */
  codes = new Float64Array(0);
  codesY = new Float64Array(0);
  /** Scratch for the indices of picked rows, and for their slots. */
  index = new Int32Array(0);
  picked = new Int32Array(0);
  /** Codes of a flat plane: rows of different length one after the other. */
  flat = new Float64Array(1024);
  flatCount = 0;
  readonly #words: string[] = [];
  readonly #ids = new Map<string, number>();

  /** Starts a frame in which no plane has more than `rows` rows. */
  reset(rows: number): void {
    this.body.reset();
    this.flatCount = 0;
    this.#words.length = 0;
    this.#ids.clear();
    if (rows <= this.codes.length) return;
    const size = Math.max(rows, this.codes.length * 2);
    this.codes = new Float64Array(size);
    this.codesY = new Float64Array(size);
    this.index = new Int32Array(size);
    this.picked = new Int32Array(size);
  }

  /** 0 = null, 1 = the next new word of the frame, else the word's index + 2. */
  word(text: string | null): number {
    if (text === null) return 0;
    const id = this.#ids.get(text);
    if (id !== undefined) return id + 2;
    this.#ids.set(text, this.#words.push(text) - 1);
    return 1;
  }

  /** The words in order of first use: count, byte lengths, bytes. */
  writeWords(to: ByteWriter): void {
    to.varint(this.#words.length);
    for (const word of this.#words) to.varint(utf8Length(word));
    for (const word of this.#words) to.utf8(word);
  }

  /** One code a row: all, or the one they all have, or the one most have and the exceptions. Nothing for no rows. */
  plane(codes: Float64Array, count: number): void {
    if (count === 0) return;
    const { body } = this;
    const usual = majority(codes, count);
    let others = 0;
    for (let i = 0; i < count; i++) if (codes[i] !== usual) others++;
    if (others === 0) {
      body.byte(CONSTANT);
      body.varint(usual);
    } else if (others * 8 <= count) {
      body.byte(MOSTLY);
      body.varint(usual);
      body.varint(others);
      let next = 0;
      for (let i = 0; i < count; i++) {
        if (codes[i] === usual) continue;
        body.varint(i - next);
        next = i + 1;
      }
      for (let i = 0; i < count; i++) if (codes[i] !== usual) body.varint(codes[i] as number);
    } else {
      body.byte(DENSE);
      body.varints(codes, count);
    }
  }

  push(code: number): void {
    if (this.flatCount === this.flat.length) {
      const grown = new Float64Array(this.flatCount * 2);
      grown.set(this.flat);
      this.flat = grown;
    }
    this.flat[this.flatCount++] = code;
  }

  /** Writes what was pushed: count, codes. */
  writeFlat(): void {
    this.body.varint(this.flatCount);
    this.body.varints(this.flat, this.flatCount);
    this.flatCount = 0;
  }

  /** `index[0 … count − 1]`, ascending, out of `universe`: as nothing, all, gaps or a bit mask, whichever is shortest. */
  rowSet(index: Int32Array, count: number, universe: number): void {
    this.#set(0, index.subarray(0, count), universe);
  }

  /** As `rowSet` out of `expected.length` rows, or as where it differs from `expected` if that is shorter. */
  expectedRowSet(index: Int32Array, count: number, expected: Uint8Array): void {
    const universe = expected.length;
    const wrong = this.picked;
    let wrongCount = 0;
    let next = 0;
    for (let i = 0; i < universe; i++) {
      const there = next < count && index[next] === i;
      if (there) next++;
      if (there !== (expected[i] === 1)) wrong[wrongCount++] = i;
    }
    if (wrongCount < count && count < universe) this.#set(SET_XOR, wrong.subarray(0, wrongCount), universe);
    else this.rowSet(index, count, universe);
  }

  #set(mode: number, index: Int32Array, universe: number): void {
    const { body } = this;
    const count = index.length;
    if (count === 0 || count === universe) body.byte(mode | (count === 0 ? SET_EMPTY : SET_ALL));
    else if (count * 8 <= universe) {
      body.byte(mode | SET_GAPS);
      this.#gaps(index);
    } else {
      body.byte(mode | SET_MASK);
      this.#mask(index, universe);
    }
  }

  #gaps(index: Int32Array): void {
    const { body } = this;
    body.varint(index.length);
    let next = 0;
    for (let i = 0; i < index.length; i++) {
      const at = index[i] as number;
      body.varint(at - next);
      next = at + 1;
    }
  }

  #mask(index: Int32Array, universe: number): void {
    const { body } = this;
    const size = (universe + 7) >> 3;
    body.reserve(size);
    const { bytes, length } = body;
    bytes.fill(0, length, length + size);
    for (let i = 0; i < index.length; i++) {
      const at = index[i] as number;
      const byte = length + (at >> 3);
      bytes[byte] = (bytes[byte] as number) | (1 << (at & 7));
    }
    body.length += size;
  }
}

/** The code that more than half of the rows have, if there is one (Boyer and Moore, 1981). */
function majority(codes: Float64Array, count: number): number {
  let usual = codes[0] as number;
  let lead = 0;
  for (let i = 0; i < count; i++) {
    const code = codes[i] as number;
    if (code === usual) lead++;
    else if (lead > 0) lead--;
    else {
      usual = code;
      lead = 1;
    }
  }
  return usual;
}
