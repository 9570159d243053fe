// Text into lines as Chinese is set: a line breaks between any two characters, but none begins with a closing mark, none
// ends with an opening one, and words and numbers stay whole where they can.
import type { Words } from './paper.ts';

/** One character, and where it points to. */
export interface Letter {
  readonly text: string;
  readonly to: string | null;
}
export type Line = readonly Letter[];

const CLOSING = new Set([...'，。、；：？！）》〉」』”’〕】％℃,.;:?!)]}%…']);
const OPENING = new Set([...'（《〈「『“‘〔【([{']);
/** Of words, numbers, times, hashes. */
const WORD = /^[\p{Script=Latin}\d_.,:+\-−/%#&@'°²³]$/u;

export interface Measure {
  /** Points. */
  readonly widthOf: (letter: string) => number;
  readonly width: number;
  /** Of the first line. */
  readonly indent: number;
}

export function lettersOf(words: Words, printable: (text: string) => string): Letter[] {
  return words.flatMap((piece) => {
    const { text, to } = typeof piece === 'string' ? { text: piece, to: null } : piece;
    return text
      .split('\n')
      .flatMap((part, at) => [
        ...(at > 0 ? [{ text: '\n', to: null }] : []),
        ...[...printable(part)].map((letter) => ({ text: letter, to })),
      ]);
  });
}

/** At least one line. */
export function breakLines(letters: readonly Letter[], { widthOf, width, indent }: Measure): Line[] {
  const lines: Letter[][] = [[]];
  let left = width - indent;
  const widthOfAll = (unit: Line): number => unit.reduce((sum, { text }) => sum + widthOf(text), 0);
  const begin = (): void => {
    lines.push([]);
    left = width;
  };
  const put = (unit: Line, wide: number): void => {
    lines.at(-1)?.push(...unit);
    left -= wide;
  };
  for (const unit of unitsOf(letters)) {
    if (unit[0]?.text === '\n') {
      begin();
      continue;
    }
    const wide = widthOfAll(unit);
    if (wide <= left) put(unit, wide);
    else if (wide <= width) {
      begin();
      if (unit[0]?.text !== ' ') put(unit, wide);
    } else
      for (const letter of unit) {
        const one = widthOf(letter.text);
        if (one > left) begin();
        put([letter], one);
      }
  }
  return lines;
}

/** What stays on one line if a line can hold it. */
function unitsOf(letters: readonly Letter[]): Letter[][] {
  const units: Letter[][] = [];
  letters.forEach((letter, at) => {
    const before = letters[at - 1]?.text ?? '';
    const glued =
      before !== '\n' &&
      letter.text !== '\n' &&
      (CLOSING.has(letter.text) || OPENING.has(before) || (WORD.test(letter.text) && WORD.test(before)));
    const last = units.at(-1);
    if (glued && last) last.push(letter);
    else units.push([letter]);
  });
  return units;
}
