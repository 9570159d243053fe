// Walks every feed folder, so that a new feed is tested before its author writes a test.
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../contracts/errors.ts';
import { randomOf } from '../kit/back-off.ts';
import { createCollectingSink } from '../kit/collecting-sink.ts';
import type { CollectingSink } from '../kit/collecting-sink.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { rowFault } from '../kit/row-fault.ts';
import { mutate } from './mutate.ts';

/** Malformed inputs per feed and sample. */
const MUTATIONS = 3400;
const RECEIVED_AT = Date.UTC(2026, 6, 16, 6, 31);

const folder = new URL('./', import.meta.url);
const slugs = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** Any device asked for is known here: samples come from other cities. */
const station = (file: string, id: string) => ({
  id,
  mn: id,
  name: `${file} ${id}`,
  lon: '105.8',
  lat: '32.4',
  kind: 'water',
});

function read(feed: FeedDefinition, bytes: Uint8Array, from: string): CollectingSink {
  const sink = createCollectingSink();
  feed.readSample(bytes, { sink, receivedAt: RECEIVED_AT, from, station });
  return sink;
}

it('finds feeds', () => {
  expect(slugs.length).toBeGreaterThan(0);
});

describe.each(slugs)('feed %s', (slug) => {
  const home = new URL(`${slug}/`, folder);
  const files = readdirSync(home);
  const samples = files.filter((file) => file.startsWith('sample.')).sort();
  const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, home)));
  let feed: FeedDefinition;

  beforeAll(async () => {
    const found = (await import(new URL('feed.ts', home).href)) as { default: FeedDefinition };
    feed = found.default;
  });

  it('is a whole folder: feed.ts, parse.ts, parse.test.ts, a sample', () => {
    expect(feed.slug).toBe(slug);
    expect(files).toContain('parse.ts');
    expect(files).toContain('parse.test.ts');
    expect(samples.length).toBeGreaterThan(0);
  });

  it('says what people need to know', () => {
    expect(feed.title.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(feed.title.en).not.toBe('');
    expect(feed.protocol).not.toBe('');
    expect(feed.licence).not.toBe('');
    expect(feed.writes.length).toBeGreaterThan(0);
  });

  it('has settings that all have defaults and refuse unknown keys', () => {
    expect(feed.settings.safeParse({}).success).toBe(true);
    expect(feed.settings.safeParse({ unheardOf: 1 }).success).toBe(false);
  });

  it('reads its samples to rows that fit the layers it writes', () => {
    const written = new Set<string>();
    for (const sample of samples) {
      const sink = read(feed, bytesOf(sample), sample);
      expect(sink.rejects, sample).toEqual([]);
      for (const { layer, row } of sink.rows) {
        expect(feed.writes).toContain(layer);
        expect(rowFault(layer, row)).toBeNull();
        written.add(layer.slug);
      }
    }
    expect([...written].sort()).toEqual(feed.writes.map((layer) => layer.slug).sort());
  });

  it.each(samples)('survives seeded mutations of %s', (sample) => {
    const original = bytesOf(sample);
    const random = randomOf(`${slug}/${sample}`);
    let changed = 0;
    for (let round = 0; round < MUTATIONS; round++) {
      const bytes = mutate(original, random);
      const sink = read(feed, bytes, sample);
      const fault = boundsFault(sink, bytes.length);
      if (fault)
        expect.fail(`round ${round}: ${fault}: ${Buffer.from(bytes).toString('base64').slice(0, 4000)}`);
      if (sink.rejects.length > 0) changed++;
    }
    expect(changed).toBeGreaterThan(0);
  });
});

/** What may never happen, whatever the bytes: unknown codes, endless output, values of another type. */
function boundsFault(sink: CollectingSink, size: number): string | null {
  if (sink.rows.length > size || sink.rejects.length > size + 1)
    return `${sink.rows.length} rows from ${size} bytes`;
  for (const reject of sink.rejects) {
    if (!(reject.code in errorCodes)) return `code ${reject.code}`;
    if (reject.detail === '' || reject.detail.length > 400)
      return `detail of ${reject.detail.length} characters`;
  }
  for (const what of sink.ignored.keys())
    if (what.length > 120) return `ignored name of ${what.length} characters`;
  for (const { layer, row } of sink.rows) {
    const fault = rowFault(layer, row);
    // Ranges, places and text lengths are ingest's to refuse; types, codes and times are the parser's.
    if (fault && fault.code !== 'record/range' && fault.code !== 'record/place')
      return `${fault.code} ${fault.detail}`;
  }
  return null;
}
