// A whole server on the wall clock for the command bench: the feed of the ingest bench for load, a feed of calls for a first
// signal, and alerts of one cause as the alert engine would write them.
import { rmSync } from 'node:fs';
import { alert } from '../../contracts/layers/alert.ts';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { createSystemClock } from '../../server/kit/clock.ts';
import type { Trial } from '../../server/main/trial-server.ts';
import { driveFeed, startTrial } from '../../server/main/trial-server.ts';
import { answer } from '../children.ts';
import type { LoopDelay, Usage } from '../measure.ts';
import { watchLoop, watchUsage } from '../measure.ts';
import { linesFeed } from './lines-feed.ts';
import { silent } from './silent-log.ts';

/** The city the bench's objects drive in. */
const CITY = 'guangyuan';
const PLACE = [105.83, 32.43] as const;

let trial: Trial | null = null;
let usage = watchUsage();
let loop = watchLoop();
const calls = driveFeed('bench-calls', [emergencyCall]);

function running(): Trial {
  if (!trial) throw new Error('open comes first');
  return trial;
}

const commands = {
  open: async (body: { linesPort: number }): Promise<{ url: string }> => {
    const definition = linesFeed(`http://127.0.0.1:${body.linesPort}/lines`);
    const lines = { definition, context: () => Promise.reject<never>(new Error('not by hand')) as never };
    const clock = createSystemClock();
    trial = await startTrial({ feeds: [lines, calls], clock, city: CITY, log: silent });
    return { url: trial.server.url };
  },
  /** One call as a source would deliver it. */
  call: (body: { id: string }): void => {
    const now = Date.now();
    const values = { position: PLACE, channel: '119', kind: '抢险救援', title: '居民楼燃气泄漏' } as const;
    const more = { status: 'ringing', severity: 'orange', address: '河西街道', acceptedAt: now } as const;
    const row = { id: body.id, validAt: now, values: { ...values, ...more } };
    calls.context().sink.put(emergencyCall, row);
  },
  /** `count` alerts of one rule within a kilometre, all before the next tick. → milliseconds it took to write them */
  storm: ({ count }: { count: number }): { wroteMs: number } => {
    const held = running().server.world.layers.get(alert.slug);
    if (!held) throw new Error('there is no layer of alerts');
    const from = performance.now();
    for (let at = 0; at < count; at += 1) {
      held.table.put({
        ...{ key: `storm-${at}`, validAt: Date.now(), regionCode: '510802', source: 'bench' },
        synthetic: true,
        values: {
          position: [PLACE[0] + (at % 100) * 1e-4, PLACE[1] + Math.floor(at / 100) * 1e-4],
          ...{ title: `路侧设备 ${at} 离线`, rule: 'roadside-offline', severity: 'blue', state: 'open' },
        },
      });
    }
    return { wroteMs: performance.now() - from };
  },
  begin: (_: null): void => {
    usage = watchUsage();
    loop = watchLoop();
  },
  report: (_: null): { usage: Usage; loop: LoopDelay } => ({ usage: usage(), loop: loop() }),
  close: async (_: null): Promise<void> => {
    const { server, dataDir } = running();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
};
export type CommandCommands = typeof commands;

answer(commands);
