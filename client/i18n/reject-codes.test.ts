import { expect, it } from 'vitest';
import { errorCodes } from '../../contracts/errors.ts';
import { rejectWords } from './reject-codes.ts';

it('has words for every reason a record can be refused for', () => {
  const codes = Object.keys(errorCodes).filter((code) => code.startsWith('record/'));
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => rejectWords(code).zh === code)).toEqual([]);
});
