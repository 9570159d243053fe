// A refused record byte by byte, as engineers read it: where, the bytes, and what of them is a letter.
export interface DumpLine {
  /** Place of the first byte, four hexadecimal digits. */
  readonly at: string;
  /** Bytes as two digits each; `**` where the server masked them. */
  readonly hex: string;
  readonly text: string;
}

const BYTES_A_LINE = 16;

export interface RawRecord {
  readonly raw: string;
  /** `hex`: the record was no text, and came as digits. */
  readonly encoding: 'text' | 'hex';
}

export function dumpOf(record: RawRecord): DumpLine[] {
  const pairs = pairsOf(record);
  return Array.from({ length: Math.ceil(pairs.length / BYTES_A_LINE) }, (_, line) => {
    const part = pairs.slice(line * BYTES_A_LINE, (line + 1) * BYTES_A_LINE);
    return {
      at: (line * BYTES_A_LINE).toString(16).padStart(4, '0'),
      hex: part.join(' '),
      text: part.map(letterOf).join(''),
    };
  });
}

function pairsOf({ raw, encoding }: RawRecord): string[] {
  // A masked digit hides its whole byte.
  if (encoding === 'hex') return (raw.match(/..?/g) ?? []).map((pair) => (pair.includes('*') ? '**' : pair));
  return [...new TextEncoder().encode(raw)].map((byte) => byte.toString(16).padStart(2, '0'));
}

function letterOf(pair: string): string {
  const byte = Number.parseInt(pair, 16);
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : pair === '**' ? '*' : '·';
}

/** The dump as text, to be copied. */
export const dumpText = (lines: readonly DumpLine[]): string =>
  lines.map(({ at, hex, text }) => `${at}  ${hex.padEnd(BYTES_A_LINE * 3 - 1)}  ${text}`).join('\n');
