// npm run feed <slug> -- --url <file-or-url> [--json]: reads any real sample of that protocol and says what it found.
import { readFileSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CodedError } from '../contracts/errors.ts';
import { printReport, reportOf } from './kit/feed-report.ts';
import { createSystemClock } from './kit/clock.ts';
import { createCollectingSink } from './kit/collecting-sink.ts';
import { readCsv } from './kit/csv.ts';
import type { FeedDefinition } from './kit/feed.ts';
import { readSource } from './kit/read-source.ts';
import { packageFacts } from './package-facts.ts';

const USAGE = `Usage: npm run feed <slug> -- --url <file-or-url> [--json] [--at <time>] [--for <seconds>] [--city <id>]

  --url   a recorded file, http(s)://…, or mqtt(s)://host:port/topic/filter
  --json  one JSON document instead of text
  --at    when it was received, for recordings: an ISO 8601 time with offset (default: now)
  --for   seconds to listen to a stream or a topic (default 10)
  --city  city package whose stations are asked for devices (default: config.city of package.json)
  --help  this text
`;

/** Nothing was read, or the command is wrong. */
const EXIT_NOTHING = 1;
const EXIT_USAGE = 2;
const MAX_BYTES = 256 * 1024 * 1024;

const feedsFolder = new URL('feeds/', import.meta.url);
const citiesFolder = new URL('../cities/', import.meta.url);

function foldersOf(folder: URL): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}

async function loadFeed(slug: string): Promise<FeedDefinition> {
  const slugs = foldersOf(feedsFolder);
  if (!slugs.includes(slug)) throw new UsageError(`there is no feed "${slug}": ${slugs.join(', ')}`);
  const module = (await import(new URL(`${slug}/feed.ts`, feedsFolder).href)) as { default: FeedDefinition };
  return module.default;
}

class UsageError extends Error {}

/** Rows of a city's station files by their first column; null for files and devices that are not there. */
function createStations(city: string | undefined) {
  const cities = foldersOf(citiesFolder);
  const id = city ?? packageFacts().config?.city;
  if (id !== undefined && !cities.includes(id))
    throw new UsageError(`there is no city "${id}": ${cities.join(', ')}`);
  const files = new Map<string, Map<string, Record<string, string>>>();
  return (file: string, key: string): Readonly<Record<string, string>> | null => {
    if (id === undefined) return null;
    const rows = files.get(file) ?? readStations(new URL(`${id}/stations/${file}.csv`, citiesFolder));
    files.set(file, rows);
    return rows.get(key) ?? null;
  };
}

function readStations(file: URL): Map<string, Record<string, string>> {
  const rows = new Map<string, Record<string, string>>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return rows;
  }
  const names = readCsv(text.split('\n', 1)[0] ?? '', () => {});
  readCsv(text, (row) => {
    const fields = Object.fromEntries(names.map((name) => [name, row(name)]));
    rows.set(row(names[0] ?? ''), fields);
  });
  return rows;
}

/** Epoch ms of what `--at` says; undefined where nothing was said. */
function toMoment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new UsageError(`--at ${text}: give a time like 2026-07-16T14:30:00+08:00`);
  return at;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      at: { type: 'string' },
      for: { type: 'string', default: '10' },
      city: { type: 'string' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [slug] = positionals;
  const forS = Number(values.for);
  const at = toMoment(values.at);
  if (!slug || !values.url) throw new UsageError('name a feed and an address');
  if (!(forS > 0 && forS <= 3600)) throw new UsageError(`--for ${values.for}: give 1 to 3600 seconds`);
  const feed = await loadFeed(slug);
  const station = createStations(values.city);
  const clock = createSystemClock();
  const pieces = await readSource(values.url, { clock, forS, maxBytes: MAX_BYTES });
  const sink = createCollectingSink();
  for (const { bytes, from, receivedAt } of pieces)
    feed.readSample(bytes, { sink, receivedAt: at ?? receivedAt, from, station });
  const report = reportOf(feed, sink, {
    source: values.url,
    pieces: pieces.length,
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    receivedAt: at ?? pieces.at(-1)?.receivedAt ?? clock.now(),
  });
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  return report.accepted + report.removed > 0 ? 0 : EXIT_NOTHING;
}

function explain(error: unknown): number {
  if (error instanceof CodedError) {
    process.stderr.write(`${error.message}\n`);
    return EXIT_NOTHING;
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${reason}\n\n${USAGE}`);
  return EXIT_USAGE;
}

process.exitCode = await run().catch(explain);
