// A feed context for tests and the command line: collects what a feed says instead of merging it.
import { credentialOf } from './credential.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Clock } from './clock.ts';
import { createSystemClock } from './clock.ts';
import { createCollectingSink } from './collecting-sink.ts';
import type { CollectingSink } from './collecting-sink.ts';
import type { FeedContext } from './feed.ts';
import type { Inbox } from './inbox.ts';
import type { Logger } from './log.ts';
import type { Mqtt } from './mqtt.ts';
import type { TcpPorts } from './tcp-server.ts';

export interface TestContext<S> {
  readonly context: FeedContext<S>;
  readonly sink: CollectingSink;
  readonly contacts: () => number;
  readonly failures: { code: ErrorCode; detail: string }[];
  readonly logged: string[];
  readonly completed: { layer: string; ids: string[] }[];
  readonly memory: Map<string, string>;
  stop(): void;
}

export interface TestParts {
  readonly slug?: string;
  readonly base?: string | null;
  readonly clock?: Clock;
  readonly mqtt?: Mqtt;
  readonly tcp?: TcpPorts;
  readonly inbox?: Inbox;
  readonly memory?: Map<string, string>;
  readonly station?: FeedContext<unknown>['station'];
}

export function createTestContext<S>(settings: S, parts: TestParts = {}): TestContext<S> {
  const abort = new AbortController();
  const sink = createCollectingSink();
  const failures: TestContext<S>['failures'] = [];
  const completed: TestContext<S>['completed'] = [];
  const logged: string[] = [];
  const memory = parts.memory ?? new Map<string, string>();
  let contacts = 0;
  const context: FeedContext<S> = {
    slug: parts.slug ?? 'test',
    settings,
    base: parts.base ?? null,
    credential: credentialOf(settings, parts.base ?? null),
    sink,
    clock: parts.clock ?? createSystemClock(),
    log: createListLogger(logged),
    signal: abort.signal,
    contact: () => contacts++,
    failure: (code, detail) => failures.push({ code, detail }),
    complete: ({ layer, ids }) => completed.push({ layer: layer.slug, ids: [...ids] }),
    memory: { get: (name) => memory.get(name) ?? null, set: (name, value) => memory.set(name, value) },
    station: parts.station ?? (() => null),
    mqtt: parts.mqtt ?? absent('mqtt'),
    tcp: parts.tcp ?? absent('tcp'),
    inbox: parts.inbox ?? absent('inbox'),
  };
  return {
    context,
    sink,
    contacts: () => contacts,
    failures,
    logged,
    completed,
    memory,
    stop: () => abort.abort(),
  };
}

/** Writes the names of events, with what went wrong. */
export function createListLogger(lines: string[]): Logger {
  const add = (event: string, fields?: Record<string, unknown>): void => {
    lines.push(fields?.['error'] === undefined ? event : `${event} ${String(fields['error'])}`);
  };
  const logger: Logger = { debug: add, info: add, warn: add, error: add, child: () => logger };
  return logger;
}

/** A part that this context does not have: using it says which one is missing. */
function absent<T extends object>(part: string): T {
  const nothing = Object.create(null) as T;
  return new Proxy(nothing, {
    get() {
      throw new Error(`${part} is not part of this context`);
    },
  });
}
