// first-frame: how long a person waits for the first globe of the wall and the desk, against a page that is nothing but a
// CesiumWidget, and how much script comes before it. A browser of its own for every page, taken in turn.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { servePage } from './browser-pages.ts';
import { firstGlobe, type FirstGlobe } from './first-globe.ts';
import { CLIENT_FOLDER, withProduct } from './product.ts';
import {
  atMost,
  check,
  exactly,
  median,
  reported,
  result,
  type BenchOptions,
  type BenchResult,
} from './result.ts';

const pages = ['bare', 'wall', 'desk'] as const;
type Kind = (typeof pages)[number];

export async function run(options: BenchOptions): Promise<BenchResult> {
  const seen: Record<Kind, FirstGlobe[]> = { bare: [], wall: [], desk: [] };
  await servePage('first-frame', (bareUrl) =>
    withProduct(async (url) => {
      const urls: Record<Kind, string> = { bare: bareUrl, wall: `${url}/wall`, desk: `${url}/desk` };
      for (let round = 0; round < (options.long ? 5 : 3); round++) {
        for (const kind of round % 2 === 0 ? pages : pages.toReversed()) {
          const found = await firstGlobe(urls[kind]);
          seen[kind].push(found);
          options.say(`first-frame: ${kind} ${Math.round(found.atMs)} ms`);
        }
      }
    }),
  );
  const atMs = (kind: Kind): number => median(seen[kind].map((one) => one.atMs));
  return judge(atMs, seen, options);
}

function judge(
  atMs: (kind: Kind) => number,
  seen: Readonly<Record<Kind, readonly FirstGlobe[]>>,
  options: BenchOptions,
): BenchResult {
  const bytes = { wall: scriptBytes(seen.wall, options), desk: scriptBytes(seen.desk, options) };
  const outside = pages.reduce(
    (sum, kind) => sum + seen[kind].reduce((n, one) => n + one.outside.length, 0),
    0,
  );
  const wall = atMs('wall') / atMs('bare');
  return result({
    name: 'first-frame',
    value: wall,
    unit: 'times a bare globe, wall',
    target: atMost(1.3),
    valid: true,
    checks: [
      check('desk, times a bare globe', [atMs('desk') / atMs('bare'), '1'], atMost(1.3)),
      check('script before the first globe, wall, gzip', [bytes.wall / 1e6, 'MB'], atMost(1.25)),
      check('script before the first globe, desk, gzip', [bytes.desk / 1e6, 'MB'], atMost(1.25)),
      check('requests outside the own origin', [outside, '1'], exactly(0)),
      reported('bare globe', [atMs('bare'), 'ms']),
      reported('wall', [atMs('wall'), 'ms']),
      reported('desk', [atMs('desk'), 'ms']),
    ],
  });
}

/** Bytes of the scripts that came before the first globe, each packed as the web does; said one by one. */
function scriptBytes(rounds: readonly FirstGlobe[], options: BenchOptions): number {
  const scripts = [...new Set(rounds.flatMap(({ scripts }) => scripts))];
  const sizes = scripts.map(
    (path) => [path, gzipSync(readFileSync(join(CLIENT_FOLDER, path)), { level: 9 }).length] as const,
  );
  sizes.sort((a, b) => b[1] - a[1]);
  for (const [path, size] of sizes)
    options.say(`first-frame: ${(size / 1000).toFixed(1).padStart(7)} kB ${path}`);
  return sizes.reduce((sum, [, size]) => sum + size, 0);
}
