// What a live world has on its disk and on its screens, so that tests can say that nothing of another world reached it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningServer } from './server.ts';

/** Where who opened which world is noted, beside the records of the live one: its own chain tells whether those changed. */
const NOTED = /(\/heads\/audit\.head|\/records\.db-(shm|wal))$/;

/** Every file of the live world with the hash of what is in it. */
export function filesOfLive(dataDir: string, city: string): string[] {
  const root = path.join(dataDir, city);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(path.join(root, 'worlds')) && !NOTED.test(file))
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort();
}

/** Every row of every layer of the live world. */
export const rowsOfLive = ({ world }: RunningServer): string[] =>
  [...world.layers.values()].flatMap(({ layer, table }) =>
    [...table.rows()].map((row) => `${layer.slug} ${JSON.stringify(row)}`),
  );
