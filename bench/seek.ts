// The state of the default city at any past moment, from the request to the encoded key frame; after one day of history
// and after seven; as it was known, and as it was true with what came late in its place.
import { WHOLE_CITY } from '../contracts/records/reach.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StreamEncoder } from '../contracts/frame.ts';
import type { Layer } from '../contracts/layer.ts';
import { LateHours } from '../server/history/late-hours.ts';
import { LateReader } from '../server/history/late-reader.ts';
import { Recordings } from '../server/history/recordings.ts';
import { ReplayDesk } from '../server/history/replay.ts';
import { StateReader } from '../server/history/state-reader.ts';
import { HistoryCity } from './history-city.ts';
import { median, monotonicMs, percentile } from './measure.ts';
import { fleet } from './fleet.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, reported, result } from './result.ts';

const START = Date.UTC(2026, 6, 8);
const DAY_S = 86_400;
/** Rows and reports a second of the default city, all in one layer. */
const LOAD = { objects: 10_000, everyS: 60, late: { oneOf: 100, byS: 300 } };
const SEEKS = 300;
/** Of each day, where neither --long nor --minutes says another length. */
const SHORT_MINUTES = 30;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-seek-'));
  try {
    return await measure(folder, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, { long, minutes, say }: BenchOptions): Promise<BenchResult> {
  const city = new HistoryCity(folder, LOAD);
  // The last stretch of each day; a day is whole in the long run.
  const seconds = long ? DAY_S : (minutes ?? SHORT_MINUTES) * 60;
  const times: number[][] = [];
  const writingS: number[] = [];
  let truths: number[] = [];
  for (let day = 0; day < 7; day += 1) {
    say(`writing day ${day + 1}: ${seconds} s`);
    const before = process.cpuUsage();
    await city.write(START + (day + 1) * DAY_S * 1000 - seconds * 1000, seconds);
    const { user, system } = process.cpuUsage(before);
    writingS.push((user + system) / 1e6);
    if (day === 0 || day === 6) times.push(seeks(city, day + 1, seconds));
    if (day === 6) truths = trueSeeks(city, seconds);
  }
  const [one = [], seven = []] = times;
  return result({
    name: 'seek',
    value: percentile(seven, 0.99),
    unit: 'ms, p99 after seven days',
    target: atMost(200),
    valid: true,
    checks: [
      check(
        'seven days against one, median',
        [percentile(seven, 0.5) / percentile(one, 0.5), '×'],
        atMost(1.5),
      ),
      reported('median after one day', [percentile(one, 0.5), 'ms']),
      reported('median after seven days', [percentile(seven, 0.5), 'ms']),
      check('what was true, p99 after seven days', [percentile(truths.slice(1), 0.99), 'ms'], atMost(200)),
      reported('what was true, median', [percentile(truths, 0.5), 'ms']),
      reported('what was true, the first, with nothing in memory', [truths[0] ?? NaN, 'ms']),
      reported('seconds of each day that are written', [seconds, 's']),
      reported('observations written', [city.observations, '']),
      reported('computing to write and seal it, of each day', [median(writingS), 's']),
      reported('the first, with nothing in memory', [seven[0] ?? NaN, 'ms']),
    ],
  });
}

/** Random moments of all days written so far; the first one reads every head. */
function seeks(city: HistoryCity, days: number, seconds: number): number[] {
  const reader = new StateReader(city.files, city.schemas);
  const stream = { world: 'live', label: 'sensitive', rateS: 1, cells: [''], cellOf: () => 0 } as const;
  return Array.from({ length: SEEKS }, (_, at) => {
    const end = START + ((at % days) + 1) * DAY_S * 1000;
    const moment = end - (1 + Math.floor(spread(at) * (seconds - 2))) * 1000;
    const began = monotonicMs();
    const state = reader.at(fleet.slug, moment);
    if (state?.table.size !== LOAD.objects) throw new Error(`${state?.table.size} rows at ${moment}`);
    const encoder = new StreamEncoder(state.table, stream);
    encoder.encode(state.tick, moment);
    encoder.key(0, state.tick, moment);
    return monotonicMs() - began;
  });
}

/** The same moments as a screen asks for them, by what was true; what came late is among the rows. */
function trueSeeks(city: HistoryCity, seconds: number): number[] {
  const { files, schemas } = city;
  const layerOf = (): Layer => fleet;
  const late = new LateReader(
    files,
    schemas,
    new LateHours({ folder: city.journalFolder, schemas, layerOf }),
  );
  const desk = new ReplayDesk({ recordings: new Recordings(files), late, schemas, world: 'live', layerOf });
  return Array.from({ length: SEEKS }, (_, at) => {
    const end = START + ((at % 7) + 1) * DAY_S * 1000;
    const moment = end - (1 + Math.floor(spread(at) * (seconds - 2))) * 1000;
    const ask = {
      reader: 'bench',
      layers: [fleet.slug],
      label: 'sensitive',
      clock: 'true',
      areas: [WHOLE_CITY],
    } as const;
    const began = monotonicMs();
    const { states } = desk.stretch({ ...ask, from: moment, to: moment, stepMs: 0, isFresh: true, now: end });
    if (states[0]?.frames.length !== 1) throw new Error(`no state at ${moment}`);
    return monotonicMs() - began;
  });
}

/** Even over [0, 1), without a pattern: multiples of the golden ratio. */
const spread = (at: number): number => (at * 0.6180339887498949) % 1;
