import { expect, it } from 'vitest';
import { errorCodes } from '../../contracts/errors.ts';
import { recordingWords } from './recording-words.ts';

it('has a sentence for everything that can be wrong with a recording', () => {
  const codes = Object.keys(errorCodes).filter((code) => code.startsWith('recording/'));
  expect(codes.length).toBe(4);
  expect(codes.filter((code) => recordingWords(code).zh === code)).toEqual([]);
});
