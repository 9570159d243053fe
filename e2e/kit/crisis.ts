// 战时 for browser tests, in what a stopped server kept: what people decided before a restart stands after it.
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningCity } from './processes.ts';

/** File the server writes once a minute and when it stops; a slow machine may cut off what it does on the way down. */
export const keptState = (city: RunningCity): string => join(city.stateFolder, 'live.jsonl.gz');

/** One county goes into crisis. @throws Error where the file names no county at peace */
export function putInCrisis(file: string): void {
  let layer = '';
  let done = false;
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  const after = lines.map((line) => {
    const said = line.startsWith('{"layer"') ? (JSON.parse(line) as { layer: string }) : null;
    layer = said?.layer ?? layer;
    if (done || layer !== 'mode' || !line.startsWith('[') || !line.includes('"peace"')) return line;
    if (line.startsWith('["510800"')) return line;
    done = true;
    return line.replace('"peace",null', '"crisis","III"');
  });
  if (!done) throw new Error(`${file} holds no county at peace: is the layer mode kept there?`);
  writeFileSync(file, gzipSync(after.join('\n')));
}
