import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { licenceWords, protocolWords } from './protocols.ts';

const feeds = readdirSync('server/feeds', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => readFileSync(`server/feeds/${name}/feed.ts`, 'utf8'));
const said = (field: string): string[] =>
  feeds.flatMap((text) =>
    [...text.matchAll(new RegExp(`${field}: '([^']+)'`, 'g'))].map(([, value]) => value ?? ''),
  );

it('explains the protocol of every source in both languages', () => {
  expect(said('protocol').length).toBeGreaterThan(20);
  expect(said('protocol').filter((protocol) => protocolWords(protocol) === null)).toEqual([]);
});

it('says the licence of every source in Chinese', () =>
  expect(said('licence').filter((licence) => !/\p{Script=Han}/u.test(licenceWords(licence).zh))).toEqual([]));
