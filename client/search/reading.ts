// The reading of a Chinese name in its context, character by character. Heavy: for the search worker only.
import { pinyin } from 'pinyin-pro';
import type { Reading } from './match.ts';

const HAN_RUN = /\p{Script=Han}+/gu;
const LETTERS = /^[a-zü]+$/;

export function readingOf(name: string): Reading {
  const text = name.normalize('NFKC').toLowerCase();
  const chars: string[] = [];
  const syllables: string[] = [];
  let from = 0;
  const addPlain = (part: string): void => {
    for (const char of part) {
      if (/[\s'’·.\-_]/.test(char)) continue;
      chars.push(char);
      syllables.push(char);
    }
  };
  for (const match of text.matchAll(HAN_RUN)) {
    addPlain(text.slice(from, match.index));
    const run = [...match[0]];
    const read = pinyin(match[0], { type: 'array', toneType: 'none', v: true });
    run.forEach((char, index) => {
      chars.push(char);
      const syllable = read[index] ?? char;
      syllables.push(LETTERS.test(syllable) ? syllable : char);
    });
    from = match.index + match[0].length;
  }
  addPlain(text.slice(from));
  return { chars, syllables };
}
