// What a measured server process can be asked, ours and the rival alike, and how it measures itself.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Usage } from '../measure.ts';
import { monotonicMs, watchUsage } from '../measure.ts';

export interface TickStart {
  readonly tick: number;
  /** Monotonic clock of the machine. */
  readonly startMs: number;
  /** The part of the tick that ran before anything else could. */
  readonly syncMs: number;
}

export interface SubjectReport {
  /** Without the city model, which stands for the sources and is no part of a server. */
  readonly usage: Usage;
  readonly ticks: number;
  /** After a collection where the process was started with --expose-gc. */
  readonly rssMb: number;
  readonly clients: number;
  readonly skippedPackets: number;
}

export type SubjectCommands = {
  readonly open: (body: { objects: number; seed: number }) => Promise<{ port: number }>;
  readonly tick: (body: null) => TickStart;
  readonly begin: (body: null) => void;
  readonly report: (body: null) => SubjectReport;
};

/** Connections that may wait to be accepted: a city that comes back at once. */
const BACKLOG = 4096;

/** Listens on a free port of loopback → the port. */
export function listen(http: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () =>
      resolve((http.address() as AddressInfo).port),
    );
  });
}

export interface Meter {
  begin(): void;
  /** Runs what is not to be counted. */
  exclude(run: () => void): void;
  timeTick(tick: number, run: () => void): TickStart;
  report(): Pick<SubjectReport, 'usage' | 'ticks' | 'rssMb'>;
}

export function createMeter(): Meter {
  let usage = watchUsage();
  let excludedMs = 0;
  let ticks = 0;
  return {
    begin: () => {
      usage = watchUsage();
      excludedMs = 0;
      ticks = 0;
    },
    exclude: (run) => {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      excludedMs += (user + system) / 1000;
    },
    timeTick: (tick, run) => {
      const startMs = monotonicMs();
      run();
      ticks += 1;
      return { tick, startMs, syncMs: monotonicMs() - startMs };
    },
    report: () => {
      const { cpuMs, wallMs, waitedMs } = usage();
      const net = cpuMs - excludedMs;
      globalThis.gc?.();
      return {
        usage: { cpuMs: net, wallMs, share: net / wallMs, waitedMs },
        ticks,
        rssMb: process.memoryUsage.rss() / 2 ** 20,
      };
    },
  };
}
