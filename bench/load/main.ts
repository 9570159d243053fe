// The load process: screens on loopback, driven by the bench.
import { answer } from '../children.ts';
import type { Usage } from '../measure.ts';
import { watchUsage } from '../measure.ts';
import { fleet } from '../fleet.ts';
import type { Side } from './swarm.ts';
import { Swarm } from './swarm.ts';

export interface LoadReport {
  readonly usage: Usage;
  readonly bytes: number;
  readonly duplicates: number;
  readonly skippedNotices: number;
  readonly lostScreens: number;
  /** Rows the sampled screen holds. */
  readonly rows: number;
}

let swarm: Swarm | null = null;
let usage = watchUsage();
let bytesBefore = 0;

function current(): Swarm {
  if (!swarm) throw new Error('open comes first');
  return swarm;
}

const commands = {
  prepare: (body: { side: Side; port: number; screens: number }): void => {
    swarm = new Swarm({ ...body, layer: fleet });
  },
  open: (_: null): Promise<void> => current().open(90_000),
  begin: (_: null): void => {
    usage = watchUsage();
    bytesBefore = current().bytes;
  },
  await: (body: { tick: number; startMs: number; timeoutMs: number }) =>
    current().await(body.tick, body.startMs, body.timeoutMs),
  report: (_: null): LoadReport => {
    const { bytes, duplicates, skippedNotices, lostScreens, rows } = current();
    return { usage: usage(), bytes: bytes - bytesBefore, duplicates, skippedNotices, lostScreens, rows };
  },
  cut: (_: null): void => current().cut(),
  forget: (_: null): void => current().forget(),
  reopen: (body: { timeoutMs: number }) => current().reopen(body.timeoutMs),
  stall: (body: { count: number }) => current().stall(body.count, 60_000),
  cutStalled: (_: null): void => current().cutStalled(),
};
export type LoadCommands = typeof commands;

answer(commands);
