// The faces papers are set in: Noto Serif SC as the product ships it, in slices by character. A PDF needs whole fonts of the
// old kind, so a slice is unpacked (WOFF 1) when its first character is asked for. No font of the machine is used.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inflateSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const FAMILY = 'noto-serif-sc';
/** What is printed where no slice has the character: the geta mark of East Asian print. */
const MISSING = '〓';
/** Letters that look alike, where the family has but one of them. */
const ALIKE: Readonly<Record<string, string>> = { μ: 'µ', Ω: 'Ω', '\t': ' ', '\u00a0': ' ' };

export type Weight = 400 | 700;

interface Slice {
  readonly name: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

export class FontShelf {
  readonly #folder: string;
  readonly #slices: readonly Slice[];
  readonly #known = new Map<number, string | null>();

  constructor() {
    this.#folder = path.dirname(require.resolve(`@fontsource/${FAMILY}/400.css`));
    const unicode = JSON.parse(readFileSync(path.join(this.#folder, 'unicode.json'), 'utf8')) as Readonly<
      Record<string, string>
    >;
    // Slices of Chinese come first: their quotes and dashes are as wide as a character.
    this.#slices = Object.entries(unicode).map(([name, ranges]) => ({
      name: name.replaceAll(/[[\]]/g, ''),
      ranges: ranges.split(',').map(rangeOf),
    }));
  }

  /** The text in characters that can be printed. */
  printable(text: string): string {
    return [...text]
      .map((letter) => {
        const like = ALIKE[letter] ?? letter;
        if (this.sliceOf(like) !== null) return like;
        const plain = like.normalize('NFKC');
        if ([...plain].every((one) => this.sliceOf(one) !== null)) return plain;
        return MISSING;
      })
      .join('');
  }

  /** Name of the slice that has the character; null: none has. */
  sliceOf(letter: string): string | null {
    const code = letter.codePointAt(0) ?? 0;
    const known = this.#known.get(code);
    if (known !== undefined) return known;
    const isPlain = code < 0x80;
    const order = isPlain ? this.#slices.toReversed() : this.#slices;
    const slice = order.find(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
    const name = slice?.name ?? null;
    this.#known.set(code, name);
    return name;
  }

  /** The bytes of a slice as a TrueType font. @throws Error where the package lacks it */
  read(slice: string, weight: Weight): Buffer {
    const file = `${FAMILY}-${slice}-${weight}-normal.woff`;
    return unpackWoff(readFileSync(path.join(this.#folder, 'files', file)));
  }
}

function rangeOf(text: string): [number, number] {
  const [from = '0', to = from] = text.replace(/U\+/i, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

const WOFF_HEAD = 44;
const WOFF_ENTRY = 20;
const SFNT_HEAD = 12;
const SFNT_ENTRY = 16;

/** https://www.w3.org/TR/WOFF/ 4–5: each table packed by itself. */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT_HEAD + SFNT_ENTRY * count);
  woff.copy(head, 0, 4, 8);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** power * SFNT_ENTRY, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * SFNT_ENTRY, 10);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (let table = 0; table < count; table += 1) {
    const from = WOFF_HEAD + WOFF_ENTRY * table;
    const [offset, packed, length] = [4, 8, 12].map((part) => woff.readUInt32BE(from + part)) as [
      number,
      number,
      number,
    ];
    const raw = woff.subarray(offset, offset + packed);
    const to = SFNT_HEAD + SFNT_ENTRY * table;
    woff.copy(head, to, from, from + 4);
    head.writeUInt32BE(woff.readUInt32BE(from + 16), to + 4);
    head.writeUInt32BE(at, to + 8);
    head.writeUInt32BE(length, to + 12);
    const padding = (4 - (length % 4)) % 4;
    parts.push(packed < length ? inflateSync(raw) : raw, Buffer.alloc(padding));
    at += length + padding;
  }
  return Buffer.concat(parts);
}
