// A whole server on free ports with a feed that is driven by hand: for integration tests and benches.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { Allow } from '../access/port.ts';
import { readConfig } from '../config.ts';
import type { Clock, ManualClock } from '../kit/clock.ts';
import { createManualClock } from '../kit/clock.ts';
import type { FeedContext, FeedDefinition } from '../kit/feed.ts';
import { defineFeed } from '../kit/feed.ts';
import type { Logger } from '../kit/log.ts';
import { commonSettings } from '../kit/settings.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

/** A feed whose records come from whoever holds it. */
export interface DrivenFeed {
  readonly definition: FeedDefinition;
  /** Sink, contact, failure, complete: what a connector would call. Absent before the server runs. */
  readonly context: () => FeedContext<unknown>;
}

export function driveFeed(
  slug: string,
  writes: readonly Layer[],
  facts: Partial<FeedDefinition> = {},
): DrivenFeed {
  let context: FeedContext<unknown> | null = null;
  const definition = defineFeed({
    slug,
    title: title('手动', 'Driven by hand'),
    protocol: 'none',
    licence: 'none',
    cadenceS: 15,
    keepAlive: false,
    publicationDelayS: 0,
    writes,
    settings: z.strictObject(commonSettings),
    connect: (given) => {
      context = given;
      return Promise.resolve();
    },
    readSample: () => undefined,
    ...facts,
  });
  return {
    definition,
    context: () => {
      if (!context) throw new Error(`feed ${slug} is not connected yet`);
      return context;
    },
  };
}

export interface TrialOptions {
  readonly feeds: readonly DrivenFeed[];
  /** Default: a manual clock; ticks then run with `clock.advance`. */
  readonly clock?: Clock;
  readonly city?: string;
  readonly dataDir?: string;
  /** Further command-line arguments of the server. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: Logger;
  readonly allow?: Allow;
}

export interface Trial {
  readonly server: RunningServer;
  /** The manual clock; throws where another was given. */
  readonly clock: ManualClock;
  readonly dataDir: string;
  get(address: string): Promise<Response>;
  json(address: string): Promise<unknown>;
}

/** A moment in the flood season, whole seconds. */
export const TRIAL_START = Date.UTC(2026, 6, 15, 4, 0, 0);

export async function startTrial(options: TrialOptions): Promise<Trial> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'cockpit-'));
  const clock = options.clock ?? createManualClock(TRIAL_START);
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const args = [
    '--city',
    options.city ?? 'testville',
    '--data-dir',
    dataDir,
    ...ports,
    ...(options.args ?? []),
  ];
  const config = readConfig(args, options.environment ?? {});
  if (!config) throw new Error('the trial was asked for help');
  const feeds = new Map(options.feeds.map(({ definition }) => [definition.slug, definition]));
  const server = await startServer(config, {
    log: options.log ?? silentLog,
    clock,
    feeds,
    allow: options.allow,
  });
  const get = (address: string): Promise<Response> => fetch(`${server.url}${address}`);
  return {
    server,
    get clock() {
      if (!('advance' in clock)) throw new Error('this trial runs on another clock');
      return clock as ManualClock;
    },
    dataDir,
    get,
    json: async (address) => (await get(address)).json(),
  };
}

/** Becomes the account of the demonstration with that role, and says who it is. → its cookie */
export async function becomeDemo({ server }: Trial, role: Role): Promise<string> {
  const post = (address: string, body: object, cookie: string): Promise<Response> =>
    fetch(`${server.url}/api/session${address}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const answer = await post('/demo', { account: `demo-${role}` }, '');
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { status } = await post('/step-up', {}, cookie);
  if (status !== 204) throw new Error(`demo-${role}: ${answer.status}, then ${status}`);
  return cookie;
}

export const silentLog: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
