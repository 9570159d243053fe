// Two hours of a layer, or a day, as a file, page by page, against the same rows gathered and written at once; and pages of a thousand
// items: of the newest state, of a past moment, of an interval.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rowOf } from '../contracts/geojson.ts';
import type { Layer } from '../contracts/layer.ts';
import { LayerTable } from '../contracts/table.ts';
import { ObservedReader } from '../server/history/observed-reader.ts';
import { OpenHours } from '../server/history/open-hours.ts';
import { publishedPages } from '../server/history/published-pages.ts';
import { StateReader } from '../server/history/state-reader.ts';
import { publishedFeature, publishedView } from '../server/kit/publish/published-row.ts';
import { pageOfState } from '../server/kit/publish/state-page.ts';
import { HistoryCity } from './history-city.ts';
import { fleet } from './fleet.ts';
import { median, monotonicMs } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, reported, result } from './result.ts';

const START = Date.UTC(2026, 6, 15);
const HOUR_MS = 3_600_000;
const HOURS = 2;
const LONG_HOURS = 24;
/** Of the rival: a whole day at once is longer than the longest text there is. */
const RIVAL_MS = HOUR_MS;
const LIVE_ROWS = 20_000;

const layer = fleet as unknown as Layer;
const view = publishedView(layer, { label: 'sensitive', shapeOf: () => null, withDetail: true });
const asked = {
  layer: layer.slug,
  label: 'sensitive',
  selection: { boxes: null, where: [], reach: null },
  keys: null,
  as: 'geojson',
  language: 'zh',
  withDetail: true,
} as const;

export async function run({ long, say }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-publish-'));
  const objects = 1000;
  const hours = long ? LONG_HOURS : HOURS;
  try {
    const city = new HistoryCity(folder, { objects, everyS: 30 });
    say(`writing ${hours} hours of ${objects} objects that report each 30 s`);
    await city.write(START, (hours * HOUR_MS) / 1000);
    const { files, schemas, journalFolder } = city;
    const observed = new ObservedReader(files, schemas, new OpenHours(journalFolder, schemas));
    const states = new StateReader(files, schemas);
    const layerOf = (): Layer => layer;
    const pages = publishedPages({ files, states, observed, layerOf, shapeOf: () => null });
    say('exporting them page by page');
    const day = exported(pages, hours * HOUR_MS);
    say('an hour of them at once');
    const whole = atOnce(observed);
    return result({
      name: 'publish',
      value: day.peakMb,
      unit: `MB at most while ${hours} hours are exported`,
      rival: { name: 'an hour of the same gathered and written at once', value: whole.peakMb },
      target: atLeast(2),
      valid: true,
      checks: [
        check('observations missing', [city.observations - day.rows, ''], {
          comparator: '=',
          limit: 0,
        }),
        reported('observations exported', [day.rows, '']),
        reported('bytes exported', [day.bytes / 1e6, 'MB']),
        reported('time of the export', [day.ms / 1000, 's']),
        check('a page of the export, p99', [day.pageP99Ms, 'ms'], atMost(500)),
        check('1,000 items of a state of 20,000 rows', [livePageMs(), 'ms'], atMost(100)),
        check(`1,000 items of a past moment of ${objects} rows`, [pastPageMs(pages), 'ms'], atMost(200)),
        check('1,000 items of an interval, the first page', [observedPageMs(pages), 'ms'], atMost(500)),
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Pages = ReturnType<typeof publishedPages>;

const heldMb = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

function exported(
  pages: Pages,
  rangeMs: number,
): {
  rows: number;
  bytes: number;
  ms: number;
  peakMb: number;
  pageP99Ms: number;
} {
  const [before, began] = [heldMb(), monotonicMs()];
  const times: number[] = [];
  let [rows, bytes, peakMb] = [0, 0, 0];
  let after: ReturnType<Pages['observedPage']>['next'] = null;
  do {
    const start = monotonicMs();
    const range = { from: START, to: START + rangeMs, after, limit: 2000 };
    const page = pages.observedPage({ ...asked, ...range });
    times.push(monotonicMs() - start);
    rows += page.returned;
    bytes += page.bytes.byteLength;
    peakMb = Math.max(peakMb, heldMb() - before);
    after = page.next;
  } while (after);
  times.sort((a, b) => a - b);
  const pageP99Ms = times[Math.floor(times.length * 0.99)] ?? NaN;
  return { rows, bytes, ms: monotonicMs() - began, peakMb, pageP99Ms };
}

function atOnce(observed: ObservedReader): { peakMb: number } {
  const before = heldMb();
  const features: unknown[] = [];
  observed.visit({ layer, keys: null, from: START, to: START + RIVAL_MS }, (batch, index, knownAt) => {
    const row = { layer, stores: batch.stores, index, key: batch.keyAt(index) };
    features.push(publishedFeature(row, view, { knownAt, revision: batch.revision[index] as number }));
  });
  const body = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
  if (body.byteLength < 1e6) throw new Error(`${body.byteLength} bytes of ${features.length} observations`);
  return { peakMb: heldMb() - before };
}

function livePageMs(): number {
  const table = new LayerTable(layer);
  for (let at = 0; at < LIVE_ROWS; at += 1) {
    const values = { position: [105.8 + at / 1e5, 32.4], headingDeg: at % 360, speedKmh: at % 80 } as never;
    table.put({ key: `v:${100_000 + at}`, validAt: START, source: 'x', values });
  }
  const first = rowOf(table, 0).key;
  return timed(() => pageOfState(table, { view, isWanted: () => true, after: first, limit: 1000 }).returned);
}

const pastPageMs = (pages: Pages): number => {
  let minute = 0;
  return timed(() => {
    minute += 9;
    const at = START + minute * 60_000;
    return pages.statePage({ ...asked, at, after: null, limit: 1000 })?.returned ?? 0;
  });
};

/** Another stretch each time, over a chunk's end now and then. */
const observedPageMs = (pages: Pages): number => {
  let minute = 0;
  return timed(() => {
    minute += 9;
    const from = START + minute * 60_000;
    return pages.observedPage({ ...asked, from, to: from + 599_999, after: null, limit: 1000 }).returned;
  });
};

/** Median of ten, after two that warm up. */
function timed(page: () => number): number {
  const times = Array.from({ length: 12 }, () => {
    const began = monotonicMs();
    if (page() < 500) throw new Error('a page is not full');
    return monotonicMs() - began;
  });
  return median(times.slice(2));
}
