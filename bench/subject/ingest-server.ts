// A whole server on the wall clock with one feed, that of the ingest bench: connector, checks, merge, tick, journal.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { HistoryFiles } from '../../server/history/history-files.ts';
import { ObservedReader } from '../../server/history/observed-reader.ts';
import { OpenHours } from '../../server/history/open-hours.ts';
import { createSystemClock } from '../../server/kit/clock.ts';
import { SchemaShelf } from '../../server/kit/schema-shelf.ts';
import type { Trial } from '../../server/main/trial-server.ts';
import { startTrial } from '../../server/main/trial-server.ts';
import { answer } from '../children.ts';
import type { LoopDelay, Usage } from '../measure.ts';
import { watchLoop, watchUsage } from '../measure.ts';
import { linesFeed } from './lines-feed.ts';
import { silent } from './silent-log.ts';

/** The city the bench's objects drive in. */
const CITY = 'guangyuan';
const DAY_MS = 86_400_000;

export interface Counts {
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly late: number;
}

export interface IngestReport {
  readonly usage: Usage;
  readonly loop: LoopDelay;
  readonly counts: Counts;
  readonly rows: number;
  /** Samples of bad records that are kept. */
  readonly quarantined: number;
  readonly rssMb: number;
}

let trial: Trial | null = null;
let usage = watchUsage();
let loop = watchLoop();

function running(): Trial {
  if (!trial) throw new Error('open comes first');
  return trial;
}

function counts(): Counts {
  const report = running()
    .server.feeds.reports()
    .find(({ id }) => id === 'bench-lines');
  if (!report) throw new Error('the feed is gone');
  const { accepted, rejected, duplicates, late } = report;
  return { accepted, rejected, duplicates, late };
}

async function quarantined(): Promise<number> {
  const address = '/api/quarantine?feed=bench-lines';
  const { shelves } = (await running().json(address)) as { shelves: { samples: unknown[] }[] };
  return shelves.reduce((sum, { samples }) => sum + samples.length, 0);
}

const commands = {
  open: async (body: { linesPort: number }): Promise<void> => {
    const definition = linesFeed(`http://127.0.0.1:${body.linesPort}/lines`);
    const feed = {
      definition,
      context: () => Promise.reject<never>(new Error('driven by its source')) as never,
    };
    trial = await startTrial({ feeds: [feed], clock: createSystemClock(), city: CITY, log: silent });
  },
  counts: (_: null) => counts(),
  begin: (_: null): void => {
    usage = watchUsage();
    loop = watchLoop();
  },
  report: async (_: null): Promise<IngestReport> => ({
    usage: usage(),
    loop: loop(),
    counts: counts(),
    rows: running().server.world.table(vehiclePosition.slug).size,
    quarantined: await quarantined(),
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  }),
  /** Stops the server, reads journal and history back and removes them. → observations on the disk */
  close: async (_: null): Promise<{ stored: number }> => {
    const { server, dataDir } = running();
    await server.stop();
    const at = (name: string): string => path.join(dataDir, CITY, name);
    const schemas = new SchemaShelf(at('schemas'));
    // Full files of a busy hour are sealed while it goes on: both are read, as people who ask for the past have it.
    const files = new HistoryFiles(path.join(at('history'), 'live'));
    const reader = new ObservedReader(
      files,
      schemas,
      new OpenHours(path.join(at('journal'), 'live'), schemas),
    );
    let stored = 0;
    reader.visit(
      { layer: vehiclePosition, keys: null, from: 0, to: Date.now() + DAY_MS },
      () => (stored += 1),
    );
    rmSync(dataDir, { recursive: true, force: true });
    return { stored };
  },
};
export type IngestCommands = typeof commands;

answer(commands);
