// How well a typed text fits a name: by its characters, by pinyin, by initials, or by any mixture ("广y", "gysyl").
// Pure; readings are made elsewhere.

/** A name with the reading of each character, in lower case; a character that is not Chinese reads as itself. */
export interface Reading {
  readonly chars: readonly string[];
  readonly syllables: readonly string[];
}

export interface Fit {
  readonly from: number;
  /** Behind the last character that fits. */
  readonly to: number;
  /** 1 for initials, 2 for whole syllables, 3 for the characters themselves; the mean over what fits. */
  readonly sharpness: number;
}

const SHARP = { char: 3, syllable: 2, initial: 1 } as const;
const DOUBLE_INITIAL = /^(zh|ch|sh)/;

/** What is typed, without what makes no difference: width, case, blanks and the marks between syllables. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’·.\-_]/g, '');

/** The best fit of `query` (plain) inside a name; null where it does not fit. */
export function fitOf(name: Reading, query: string): Fit | null {
  let best: Fit | null = null;
  for (let from = 0; from < name.chars.length; from++) {
    const found = walk(name, query, { index: from, typed: 0 });
    if (!found) continue;
    const fit = { from, to: found.to, sharpness: found.sum / (found.to - from) };
    if (!best || fit.sharpness > best.sharpness) best = fit;
    // An earlier fit of the same kind is the better one: later ones are only looked at for characters.
    if (best.sharpness === SHARP.char) return best;
  }
  return best;
}

interface Step {
  readonly index: number;
  readonly typed: number;
}

/** Eats the rest of the query from a character on; the sharpest way, or null. */
function walk(name: Reading, query: string, { index, typed }: Step): { to: number; sum: number } | null {
  if (typed === query.length) return { to: index, sum: 0 };
  const char = name.chars[index];
  if (char === undefined) return null;
  let best: { to: number; sum: number } | null = null;
  for (const [length, sharp] of steps(char, name.syllables[index] ?? char, query.slice(typed))) {
    const rest = walk(name, query, { index: index + 1, typed: typed + length });
    if (rest && rest.sum + sharp > (best?.sum ?? 0)) best = { to: rest.to, sum: rest.sum + sharp };
  }
  return best;
}

/** Ways to eat the beginning of `typed` with one character: [letters eaten, sharpness]. */
function steps(char: string, syllable: string, typed: string): [number, number][] {
  const ways: [number, number][] = [];
  if (typed.startsWith(char)) ways.push([char.length, SHARP.char]);
  if (syllable === char) return ways;
  if (typed.startsWith(syllable)) ways.push([syllable.length, SHARP.syllable]);
  // A syllable that is still being typed.
  else if (syllable.startsWith(typed)) ways.push([typed.length, SHARP.initial]);
  const initial = DOUBLE_INITIAL.exec(syllable)?.[0];
  if (initial && typed.startsWith(initial)) ways.push([2, SHARP.initial]);
  if (typed.startsWith(syllable[0] ?? '?')) ways.push([1, SHARP.initial]);
  return ways;
}

/** A name in Latin letters: plain, with the places where its words begin. */
export interface Latin {
  readonly text: string;
  readonly words: readonly number[];
}

export function latinOf(name: string): Latin {
  const words: number[] = [];
  let text = '';
  for (const word of name.split(/[\s\-_./]+/)) {
    words.push(text.length);
    text += plain(word);
  }
  return { text, words };
}

/** 0: no fit; else how much of the name is typed, with a bonus for the first word. */
export function latinFit({ text, words }: Latin, query: string): number {
  const at = words.find((start) => text.startsWith(query, start));
  if (at === undefined || text.length === 0) return 0;
  return query.length / text.length + (at === 0 ? 0.5 : 0);
}
