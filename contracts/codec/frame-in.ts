// The body of a frame while it is read: every count is checked before anything is allocated for it.
import { ByteReader } from '../bytes.ts';
import { CodedError } from '../errors.ts';
import { CONSTANT, DENSE, SET_ALL, SET_EMPTY, SET_GAPS, SET_MASK, SET_XOR } from './layout.ts';

const NOTHING = new Uint8Array(0);
const NO_CODES = new Float64Array(0);

export const corrupt = (what: string): CodedError => new CodedError('frame/corrupt', what);

export class FrameIn {
  reader = new ByteReader(NOTHING);
  codes = new Float64Array(0);
  codesY = new Float64Array(0);
  index = new Int32Array(0);
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
    const mode = this.reader.byte();
    if (mode === CONSTANT) codes.fill(this.reader.varint(), 0, count);
    else if (mode === DENSE) this.reader.varints(codes, count);
    else throw corrupt(`plane mode ${mode}`);
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

  /** Fills `into` with the set's indices, ascending → how many. `expected` allows sets of failed expectations. */
  rowSet(into: Int32Array, universe: number, expected?: Uint8Array): number {
    const mode = this.reader.byte();
    if (mode >= SET_XOR && expected) {
      const count = this.#plainSet(into, universe, mode - SET_XOR);
      return xorSet(into, count, expected, universe);
    }
    return this.#plainSet(into, universe, mode);
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
      for (let at = byte * 8; bits !== 0; at++, bits >>= 1) if (bits & 1) into[count++] = at;
    }
    if (count > 0 && (into[count - 1] as number) >= universe)
      throw corrupt('a row set has bits beyond its rows');
    return count;
  }
}

/** Replaces the failed expectations in `into` by the set itself. */
function xorSet(into: Int32Array, count: number, expected: Uint8Array, universe: number): number {
  const wrong = into.slice(0, count);
  let next = 0;
  let found = 0;
  for (let i = 0; i < universe; i++) {
    let there = expected[i] === 1;
    if (next < count && wrong[next] === i) {
      there = !there;
      next++;
    }
    if (there) into[found++] = i;
  }
  return found;
}
