// The body of a frame while it is read: every count is checked before anything is allocated for it.
import { ByteReader } from '../bytes.ts';
import { CodedError } from '../errors.ts';
import { CONSTANT, DENSE, MOSTLY, SET_ALL, SET_EMPTY, SET_GAPS, SET_MASK, SET_XOR } from './layout.ts';

const NOTHING = new Uint8Array(0);
const NO_CODES = new Float64Array(0);

export const corrupt = (what: string): CodedError => new CodedError('frame/corrupt', what);

export class FrameIn {
  reader = new ByteReader(NOTHING);
  codes = new Float64Array(0);
  codesY = new Float64Array(0);
  index = new Int32Array(0);
  #others = new Float64Array(0);
  #flat = NO_CODES;
  #flatAt = 0;
  #flatCount = 0;
  #words: string[] = [];
  #nextWord = 0;

  /** Starts the body at the reader's place with its words. `rows`: the most rows a plane may have. */
  begin(reader: ByteReader, rows: number): void {
    this.reader = reader;
    const count = reader.count('words');
    this.reserve(Math.max(rows, count));
    reader.varints(this.codes, count);
    this.#words = [];
    this.#nextWord = 0;
    for (let i = 0; i < count; i++) this.#words.push(reader.utf8(this.codes[i] as number));
  }

  /** Room for planes of `rows` rows. */
  reserve(rows: number): void {
    if (rows <= this.codes.length) return;
    const size = Math.max(64, rows, this.codes.length * 2);
    this.codes = new Float64Array(size);
    this.codesY = new Float64Array(size);
    this.index = new Int32Array(size);
  }

  word(code: number): string | null {
    if (code === 0) return null;
    const word = this.#words[code === 1 ? this.#nextWord++ : code - 2];
    if (word === undefined) throw corrupt(`word code ${code} of ${this.#words.length} words`);
    return word;
  }

  plane(codes: Float64Array, count: number): void {
    if (count === 0) return;
    const { reader } = this;
    const mode = reader.byte();
    if (mode === DENSE) {
      reader.varints(codes, count);
      return;
    }
    codes.fill(reader.varint(), 0, count);
    if (mode === MOSTLY) this.#exceptions(codes, count);
    else if (mode !== CONSTANT) throw corrupt(`plane mode ${mode}`);
  }

  #exceptions(codes: Float64Array, count: number): void {
    const { reader } = this;
    const others = reader.count('exceptions');
    if (this.#others.length < others) this.#others = new Float64Array(others * 2);
    reader.varints(this.#others, others);
    let next = 0;
    for (let i = 0; i < others; i++) {
      next += this.#others[i] as number;
      if (next >= count) throw corrupt(`exception ${next} of ${count} rows`);
      codes[next] = reader.varint();
      next++;
    }
  }

  /** Loads a flat plane; `next` then walks it. */
  beginFlat(): void {
    this.#flatCount = this.reader.count('flat codes');
    if (this.#flatCount > this.#flat.length) this.#flat = new Float64Array(this.#flatCount);
    this.reader.varints(this.#flat, this.#flatCount);
    this.#flatAt = 0;
  }

  next(): number {
    if (this.#flatAt >= this.#flatCount) throw corrupt('a flat plane ends inside a value');
    return this.#flat[this.#flatAt++] as number;
  }

  /** A count of things that take at least one code each of what is left of the flat plane. */
  nextCount(what: string): number {
    const count = this.next();
    if (count > this.#flatCount - this.#flatAt) throw corrupt(`${count} ${what}: the flat plane is shorter`);
    return count;
  }

  endFlat(): void {
    if (this.#flatAt !== this.#flatCount) throw corrupt('a flat plane is longer than its values');
  }

  /** Whether the row set that follows names all rows; it is consumed then. */
  namesAll(): boolean {
    const { reader } = this;
    if (reader.left === 0 || reader.bytes[reader.at] !== SET_ALL) return false;
    reader.at++;
    return true;
  }

  /** Fills `into` with the set's indices, ascending → how many. */
  rowSet(into: Int32Array, universe: number): number {
    return this.#plainSet(into, universe, this.reader.byte());
  }

  /**
   * A set that may be said by where `expected` (1 = in) fails: turns `expected` into the set itself.
   * `scratch` has room for `universe` indices.
   */
  expectedRowSet(expected: Uint8Array, scratch: Int32Array, universe: number): void {
    const mode = this.reader.byte();
    const fails = mode >= SET_XOR;
    const count = this.#plainSet(scratch, universe, fails ? mode - SET_XOR : mode);
    if (!fails) expected.fill(0, 0, universe);
    for (let i = 0; i < count; i++) {
      const at = scratch[i] as number;
      expected[at] = (expected[at] as number) ^ 1;
    }
  }

  #plainSet(into: Int32Array, universe: number, mode: number): number {
    switch (mode) {
      case SET_EMPTY:
        return 0;
      case SET_ALL:
        for (let i = 0; i < universe; i++) into[i] = i;
        return universe;
      case SET_GAPS:
        return this.#gaps(into, universe);
      case SET_MASK:
        return this.#mask(into, universe);
      default:
        throw corrupt(`row set mode ${mode}`);
    }
  }

  #gaps(into: Int32Array, universe: number): number {
    const count = this.reader.count('gaps');
    let next = 0;
    for (let i = 0; i < count; i++) {
      next += this.reader.varint();
      if (next >= universe) throw corrupt(`row ${next} of ${universe}`);
      into[i] = next++;
    }
    return count;
  }

  #mask(into: Int32Array, universe: number): number {
    const mask = this.reader.raw((universe + 7) >> 3);
    let count = 0;
    for (let byte = 0; byte < mask.length; byte++) {
      let bits = mask[byte] as number;
      // Only the bits that are set: which are cannot be guessed, so that asking each of them costs more than finding the next.
      while (bits !== 0) {
        into[count++] = byte * 8 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
      }
    }
    if (count > 0 && (into[count - 1] as number) >= universe)
      throw corrupt('a row set has bits beyond its rows');
    return count;
  }
}
