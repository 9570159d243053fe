// A whole server on the wall clock with one feed, that of the ingest bench: connector, checks, merge, tick, journal.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ObservationBatch, decodeHeader } from '../../contracts/frame.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { readJournal } from '../../server/history/journal.ts';
import { journalFiles } from '../../server/history/journal-names.ts';
import { createSystemClock } from '../../server/kit/clock.ts';
import type { Trial } from '../../server/main/trial-server.ts';
import { startTrial } from '../../server/main/trial-server.ts';
import { answer } from '../children.ts';
import type { LoopDelay, Usage } from '../measure.ts';
import { watchLoop, watchUsage } from '../measure.ts';
import { linesFeed } from './lines-feed.ts';
import { silent } from './silent-log.ts';

/** The city the bench's objects drive in. */
const CITY = 'guangyuan';

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
  /** Stops the server, reads its journal back and removes it. → observations on the disk */
  close: async (_: null): Promise<{ stored: number }> => {
    const { server, dataDir } = running();
    await server.stop();
    const folder = path.join(dataDir, CITY, 'journal', 'live', vehiclePosition.retention);
    let stored = 0;
    for (const { file } of journalFiles(folder)) {
      for (const { frames } of readJournal(file)) {
        for (const frame of frames) {
          if (decodeHeader(frame).layer !== vehiclePosition.slug) continue;
          stored += ObservationBatch.decode(vehiclePosition, frame).count;
        }
      }
    }
    rmSync(dataDir, { recursive: true, force: true });
    return { stored };
  },
};
export type IngestCommands = typeof commands;

answer(commands);
