import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SceneList } from '../../contracts/records/scene.ts';
import type { ManualClock } from '../kit/clock.ts';
import { createManualClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { SceneShelf } from './scene-shelf.ts';

const scene = (name: string, key: number): string => `title: { zh: ${name}, en: ${name} }
question: { zh: 好吗, en: Well }
key: ${key}
menu: running
answer: { calm: { zh: 好, en: Well }, indicators: all }
camera: { centre: city }
layers: []
panels: {}
`;

let folder: string;
let clock: ManualClock;
let shelf: SceneShelf;
const heard: SceneList[] = [];
const log: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

/** Each write is a second later than the last: a file system may not tell them apart otherwise. */
let written = 0;
function write(slug: string, text: string): void {
  mkdirSync(path.join(folder, slug), { recursive: true });
  const file = path.join(folder, slug, 'scene.yaml');
  writeFileSync(file, text);
  written += 1;
  utimesSync(file, written, written);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scenes-'));
  clock = createManualClock(0);
  const words = {
    layers: new Set<string>(),
    indicators: new Set<string>(),
    placeOf: () => null,
    core: { centre: [0, 0] as const, heightM: 1000 },
    nearest: () => null,
  };
  shelf = new SceneShelf({ folder, words, clock, log });
  heard.length = 0;
  shelf.follow((list) => heard.push(list));
});
afterEach(() => {
  shelf.stop();
  rmSync(folder, { recursive: true });
});

it('lists scenes by their key and says so when one changes, comes or goes', () => {
  write('b', scene('乙', 2));
  write('a', scene('甲', 3));
  shelf.start();
  expect(shelf.list().scenes.map(({ slug }) => slug)).toEqual(['b', 'a']);

  clock.advance(5000);
  expect(heard).toHaveLength(1);

  write('b', scene('丙', 4));
  write('c', scene('丁', 1));
  clock.advance(1000);
  expect(shelf.list().scenes.map(({ title }) => title.zh)).toEqual(['丁', '甲', '丙']);
  expect(heard.at(-1)?.revision).toBe(2);

  rmSync(path.join(folder, 'a'), { recursive: true });
  clock.advance(1000);
  expect(shelf.list().scenes.map(({ slug }) => slug)).toEqual(['c', 'b']);
});

it('keeps the last good state of a file that was broken, and says where and that it did', () => {
  write('a', scene('甲', 1));
  shelf.start();
  write('a', scene('甲', 1).replace('city', '[1'));
  clock.advance(1000);
  expect(shelf.list().scenes.map(({ title }) => title.zh)).toEqual(['甲']);
  expect(shelf.list().problems).toMatchObject([{ slug: 'a', keptLast: true }]);
  expect(shelf.list().problems[0]?.where).toMatch(/^scenes\/a\/scene\.yaml:\d+:\d+$/);

  write('a', scene('戊', 1));
  clock.advance(1000);
  expect(shelf.list()).toMatchObject({ problems: [], scenes: [{ title: { zh: '戊' } }] });
});

it('leaves a file out that never was good, and shows the others', () => {
  write('a', 'key: 1');
  write('b', scene('乙', 2));
  shelf.start();
  expect(shelf.list().scenes.map(({ slug }) => slug)).toEqual(['b']);
  expect(shelf.list().problems).toMatchObject([{ slug: 'a', keptLast: false }]);
});
