// defineFeed: what a feed is. Facts about the source are fields; the work is `connect`, which delivers raw rows to a Sink.
import type { z } from 'zod';
import type { Columns, Title, ValueOf } from '../../contracts/column.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer, Quality, RemoveReason } from '../../contracts/layer.ts';
import type { Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import type { Inbox } from './inbox.ts';
import type { Logger } from './log.ts';
import type { Mqtt } from './mqtt.ts';
import type { TcpPorts } from './tcp-server.ts';

/** Coordinate systems a source may promise; ingest converts to WGS-84. */
export type Crs = 'WGS-84' | 'CGCS2000' | 'GCJ-02' | 'BD-09';

/** What a connector needs of the feed it works for. */
export type Link = Pick<
  FeedContext<unknown>,
  'slug' | 'base' | 'credential' | 'clock' | 'log' | 'signal' | 'contact' | 'failure' | 'memory'
>;

/** A row as the source says it. Read at once and never kept: a hot parser may reuse one object. */
export interface RawRow<C extends Columns = Columns> {
  /** The source's own id of the thing, unique within (system, layer). */
  id: string;
  /** The moment the values speak of, epoch ms. */
  validAt: number;
  issuedAt?: number | null;
  /** Only where the source knows it better than the position does. */
  regionCode?: string;
  quality?: Quality;
  /** Overrides the feed's `synthetic` setting. */
  synthetic?: boolean;
  /**
   * A growing number of the source for versions of one thing: a higher one corrects what is known, also where it
   * moves `validAt` back (the origin time of an earthquake).
   */
  revision?: number;
  /**
   * Running number of the source that orders its reports of one and the same `validAt`, where it tells whole seconds:
   * without it the second report of a second is a repeat of the first. It may begin anew with the source.
   */
  step?: number;
  /** Absent columns stay as they are on a known row and are null on a new one; null clears. */
  values: { [K in keyof C]?: ValueOf<C[K]> };
}

/** Where parsers put what they read. */
export interface Sink {
  put<C extends Columns>(layer: Layer<C>, row: RawRow<C>): void;
  /** The source says the thing ended. */
  remove(layer: Layer, id: string, reason: RemoveReason, validAt: number): void;
  /** One bad record: kept in quarantine with its raw bytes; the rest of its batch lives. */
  reject(code: ErrorCode, detail: string, raw: string | Uint8Array): void;
  /** Something the standard allows and this feed does not use: counted by name, shown in the facts of the feed. */
  ignore(what: string): void;
}

/** What a source lists as alive; rows of the layer that this feed wrote and that are not listed end as 'gone'. */
export interface CompleteSet {
  readonly layer: Layer;
  readonly ids: ReadonlySet<string>;
}

export interface FeedContext<S> {
  readonly slug: string;
  readonly settings: S;
  /** Address that relative `url` settings are resolved against; null: only absolute ones work. */
  readonly base: string | null;
  /** What it shows of itself to the source at an address. */
  readonly credential: Credential;
  readonly sink: Sink;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborted when the feed is stopped: close everything. */
  readonly signal: AbortSignal;
  /** The source answered (also when it had nothing new): feeds health and the breaker. */
  contact(): void;
  /** The source failed: becomes health, logged once on loss and once on recovery. */
  failure(code: ErrorCode, detail: string): void;
  /** After a full listing: ends what is no longer listed. */
  complete(set: CompleteSet): void;
  /** A small durable memory of the feed (cursor, last event id), so that an outage of ours is back-filled. */
  readonly memory: { get(name: string): string | null; set(name: string, value: string): void };
  /** City facts a feed may ask for: rows of `cities/<id>/stations/<name>.csv` by their first column. */
  station(file: string, id: string): Readonly<Record<string, string>> | null;
  readonly mqtt: Mqtt;
  readonly tcp: TcpPorts;
  readonly inbox: Inbox;
}

export interface FeedDefinition<S extends z.ZodType = z.ZodType> {
  /** Equal to the folder name. */
  readonly slug: string;
  readonly title: Title;
  /** The protocol in a few words, for people. */
  readonly protocol: string;
  readonly licence: string;
  /** Expected seconds between deliveries of one thing; null: event-driven. */
  readonly cadenceS: number | null;
  /** Event-driven sources that send keep-alives are not quiet but live between events. */
  readonly keepAlive: boolean;
  /** Seconds between the moment of a value and its publication, where the source is known to wait. */
  readonly publicationDelayS: number;
  readonly writes: readonly Layer[];
  /** Settings with defaults: `url` (may be relative to `base`) or `port`, `periodS`, `crs`, `priority` and the feed's own. Unknown keys are refused. */
  readonly settings: S;
  /** Starts delivering; returns when everything is set up, before the first answer. Cleans up when `signal` aborts. */
  connect(context: FeedContext<z.infer<S>>): Promise<void>;
  /**
   * Reads one recorded answer of the protocol: what `npm run feed` and the conformance suite call.
   * Never throws for any bytes: what cannot be read is rejected.
   */
  readSample(bytes: Uint8Array, context: SampleContext): void;
}

/** What a parser needs besides bytes when it reads a sample. */
export interface SampleContext {
  readonly sink: Sink;
  /** The moment the bytes were received, epoch ms. */
  readonly receivedAt: number;
  /** File name, address or topic the bytes came from; '' where unknown. */
  readonly from: string;
  station(file: string, id: string): Readonly<Record<string, string>> | null;
}

/** Checks nothing at run time but the shape of the slug; types do the rest. */
export function defineFeed<S extends z.ZodType>(definition: FeedDefinition<S>): FeedDefinition<S> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(definition.slug)) {
    throw new Error(`feed ${definition.slug}: slug: use kebab-case, for example "air-sensorthings"`);
  }
  return definition;
}
