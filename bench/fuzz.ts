// Malformed input: seeded damage to the samples of every feed and to frames. Nothing crashes, every refusal has a code,
// a refused frame changes nothing, and no case takes long.
import { readFileSync, readdirSync } from 'node:fs';
import { CodedError, errorCodes } from '../contracts/errors.ts';
import { FrameReceiver, ObservationBatch, StreamEncoder } from '../contracts/frame.ts';
import { crc32 } from '../contracts/bytes.ts';
import { joinFrames, splitFrames } from '../contracts/packet.ts';
import { LayerTable } from '../contracts/table.ts';
import { mutate } from '../server/feeds/mutate.ts';
import { randomOf } from '../server/kit/back-off.ts';
import { createCollectingSink } from '../server/kit/collecting-sink.ts';
import type { FeedDefinition } from '../server/kit/feed.ts';
import { CityModel } from './city-model.ts';
import { fleet, FleetWriter } from './fleet.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const CASES = { short: 100_000, long: 1_000_000 };
/** One case in so many goes to frames and packets; the feeds share the rest. */
const FRAME_SHARE = 0.3;
const RECEIVED_AT = Date.UTC(2026, 6, 16, 6, 31);
const FEEDS = new URL('../server/feeds/', import.meta.url);
/** A case that takes longer hangs: the machine alone never holds one up so long. */
const MAX_CASE_MS = 2000;

class Tally {
  cases = 0;
  refused = 0;
  readonly faults: string[] = [];
  slowestMs = 0;

  /** Runs one case; `act` → whether the input was refused, or a fault. */
  run(what: string, act: () => boolean | string): void {
    const from = performance.now();
    this.cases += 1;
    try {
      const outcome = act();
      if (typeof outcome === 'string') this.#fault(`${what}: ${outcome}`);
      else if (outcome) this.refused += 1;
    } catch (error) {
      this.#fault(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.slowestMs = Math.max(this.slowestMs, performance.now() - from);
  }

  #fault(said: string): void {
    this.faults.push(said);
    if (this.faults.length <= 3) process.stderr.write(`${said}\n`);
  }
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const cases = options.long ? CASES.long : CASES.short;
  const tally = new Tally();
  const before = process.memoryUsage.rss();
  fuzzFrames(tally, Math.round(cases * FRAME_SHARE));
  options.say(`${tally.cases} frames and packets, ${tally.refused} refused`);
  await fuzzFeeds(tally, cases, options);
  return result({
    name: 'fuzz',
    value: tally.faults.length,
    unit: 'faults',
    target: exactly(0),
    valid: true,
    checks: [
      reported('cases', [tally.cases, 'cases']),
      reported('refused', [(tally.refused / tally.cases) * 100, '%']),
      check('slowest case', [tally.slowestMs, 'ms'], atMost(MAX_CASE_MS)),
      check('memory grown', [(process.memoryUsage.rss() - before) / 2 ** 20, 'MB'], atMost(512)),
    ],
  });
}

async function fuzzFeeds(tally: Tally, cases: number, options: BenchOptions): Promise<void> {
  const slugs = readdirSync(FEEDS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const samples = slugs.flatMap(({ name: slug }) =>
    readdirSync(new URL(`${slug}/`, FEEDS))
      .filter((file) => file.startsWith('sample.'))
      .map((file) => ({ slug, file })),
  );
  const each = Math.ceil((cases - tally.cases) / samples.length);
  for (const { slug, file } of samples) {
    const home = new URL(`${slug}/`, FEEDS);
    const { default: feed } = (await import(new URL('feed.ts', home).href)) as { default: FeedDefinition };
    const original = new Uint8Array(readFileSync(new URL(file, home)));
    const random = randomOf(`bench/${slug}/${file}`);
    for (let turn = 0; turn < each; turn += 1) {
      const bytes = mutate(original, random);
      tally.run(`${slug}/${file} case ${turn}`, () => readSample(feed, bytes, file));
    }
    options.say(`${slug}/${file}: ${tally.cases} cases, ${tally.faults.length} faults`);
  }
}

function readSample(feed: FeedDefinition, bytes: Uint8Array, from: string): boolean | string {
  const sink = createCollectingSink();
  // Any device asked for is known: samples come from other cities.
  const station = (file: string, id: string) => ({
    id,
    mn: id,
    name: `${file} ${id}`,
    lon: '105.8',
    lat: '32.4',
  });
  feed.readSample(bytes, { sink, receivedAt: RECEIVED_AT, from, station });
  const uncoded = sink.rejects.find(({ code }) => !Object.hasOwn(errorCodes, code));
  if (uncoded) return `refused with ${uncoded.code}, which is no code`;
  const most = bytes.length + 1;
  if (sink.rows.length > most || sink.rejects.length > most)
    return `${sink.rows.length} rows of ${most} bytes`;
  return sink.rejects.length > 0;
}

function fuzzFrames(tally: Tally, cases: number): void {
  const { key, delta, batch } = madeFrames();
  const packet = joinFrames(2, [key, delta]);
  const random = randomOf('bench/frames');
  const receiver = new FrameReceiver(fleet, 'public');
  const state = (): string => `${receiver.table.size} ${receiver.lastTick('city')}`;
  for (let turn = 0; turn < cases; turn += 1) {
    const kind = turn % 4;
    const bytes = mutate(kind === 0 ? packet : kind === 1 ? batch : kind === 2 ? key : delta, random);
    if (kind !== 0 && turn % 3 !== 0) reseal(bytes);
    if (kind === 3) receiver.apply(key);
    const before = state();
    tally.run(`frame case ${turn}`, () => {
      const isRefused = refuses(() => {
        if (kind === 0) splitFrames(bytes);
        else if (kind === 1) ObservationBatch.decode(fleet, bytes);
        else receiver.apply(bytes);
      });
      return isRefused && state() !== before ? 'a refused frame changed the table' : isRefused;
    });
  }
}

/** Whether it was refused with a code; anything else is thrown on. */
function refuses(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof CodedError && error.code.startsWith('frame/')) return true;
    throw error;
  }
}

/** Makes length and checksum fit again, so that what lies behind them is put to the test. */
function reseal(bytes: Uint8Array): void {
  if (bytes.length < 10) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(2, bytes.length, true);
  view.setUint32(bytes.length - 4, crc32(bytes, 0, bytes.length - 4), true);
}

function madeFrames(): Record<'key' | 'delta' | 'batch', Uint8Array> {
  const table = new LayerTable(fleet);
  const city = new CityModel(40, 5);
  const writer = new FleetWriter(table, city, 0);
  const stream = { world: 'live', label: 'public', rateS: 1, cells: ['city'], cellOf: () => 0 } as const;
  const encoder = new StreamEncoder(table, stream);
  encoder.encode(1, 1000);
  table.clearChanges();
  const key = encoder.key(0, 1, 1000);
  const observed = new ObservationBatch(fleet);
  for (const row of table.rows()) observed.append(row);
  city.step();
  writer.report(1000);
  encoder.note();
  const [delta] = encoder.encode(2, 2000);
  if (!delta) throw new Error('nothing moved');
  return { key, delta: delta.bytes, batch: observed.encode({ world: 'live', tick: 1, knownAt: 1000 }) };
}
