import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pictureNames, withPictures } from './document.ts';
import { MOST_BYTES } from './pictures.ts';

const folder = new URL('../../docs/shots/', import.meta.url);
const files = readdirSync(folder);

it('docs/pictures.md lists what is there: else run npm run shots', () => {
  const page = readFileSync(new URL('../../docs/pictures.md', import.meta.url), 'utf8');
  expect(page).toBe(withPictures(page, files));
});

it('says so where the list has lost its place', () => {
  expect(() => withPictures('# Pictures\n', files)).toThrow(/begin/);
});

it('names every picture once', () => {
  expect(new Set(pictureNames).size).toBe(pictureNames.length);
});

it('stays small enough to clone', () => {
  const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
