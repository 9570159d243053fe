// One object's day out of the parts that are kept object by object, against scanning everything of that day.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readHeads } from '../server/history/segment-file.ts';
import type { ObservedHead } from '../server/history/observed-part.ts';
import { readBlocks } from '../server/history/observed-part.ts';
import { ObservedReader } from '../server/history/observed-reader.ts';
import { OpenHours } from '../server/history/open-hours.ts';
import { trackOf } from '../server/history/track.ts';
import { HistoryCity } from './history-city.ts';
import { median, monotonicMs } from './measure.ts';
import { fleet } from './fleet.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, reported, result } from './result.ts';

const START = Date.UTC(2026, 6, 15);
const DAY_S = 86_400;

export async function run({ long, say }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-track-'));
  const objects = long ? 5000 : 1000;
  try {
    const city = new HistoryCity(folder, { objects, everyS: 30 });
    say(`writing a day of ${objects} objects that report each 30 s`);
    await city.write(START, DAY_S);
    const reader = new ObservedReader(
      city.files,
      city.schemas,
      new OpenHours(city.journalFolder, city.schemas),
    );
    const times = Array.from({ length: 20 }, (_, at) => ownTrack(reader, `v:${100_000 + at * 7}`));
    const scan = median([1, 2, 3].map(() => scanAll(city, 'v:100007')));
    const ours = median(times.slice(1));
    return result({
      name: 'track',
      value: ours,
      unit: 'ms for one object and day',
      rival: { name: 'scanning all segments of the day', value: scan },
      target: atLeast(20),
      valid: true,
      checks: [
        reported('observations of the day', [city.observations, '']),
        reported('the first, with nothing in memory', [times[0] ?? NaN, 'ms']),
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ownTrack(reader: ObservedReader, key: string): number {
  const began = monotonicMs();
  const ask = { layer: fleet, key, from: START, to: START + DAY_S * 1000, stepMs: 0, reach: null };
  const { points } = trackOf(reader, ask);
  if (points.length < DAY_S / 100) throw new Error(`${points.length} points of ${key}`);
  return monotonicMs() - began;
}

function scanAll(city: HistoryCity, key: string): number {
  const began = monotonicMs();
  let found = 0;
  for (const { file } of city.files.of('observed', fleet.slug)) {
    for (const place of readHeads<ObservedHead>(file)) {
      for (const { batch } of readBlocks(place, city.schemas)) {
        const own = batch.keys.indexOf(key);
        for (let index = 0; index < batch.count; index += 1) if (batch.keyIndex[index] === own) found += 1;
      }
    }
  }
  if (found < DAY_S / 100) throw new Error(`${found} observations of ${key}`);
  return monotonicMs() - began;
}
