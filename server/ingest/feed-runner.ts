// Runs the feeds: settings → sink → connect, again after a fault of ours; stops them; reports how they do.
import type { z } from 'zod';
import type { Layer } from '../../contracts/layer.ts';
import type { FeedContext, FeedDefinition } from '../kit/feed.ts';
import type { Crs } from '../kit/feed.ts';
import type { Timer } from '../kit/clock.ts';
import { credentialOf } from '../kit/credential.ts';
import type { AliasTable, SourceName } from './alias-table.ts';
import type { ClockTolerance } from './device-clocks.ts';
import { DeviceClocks, StrangerClocks } from './device-clocks.ts';
import type { FeedLane } from './feed-sink.ts';
import { FeedHealth } from './feed-health.ts';
import type { FeedMemory } from './feed-memory.ts';
import { FeedSink } from './feed-sink.ts';
import type { LayerIngest } from './layer-ingest.ts';
import type { Bounds, FeedReport } from './port.ts';
import type { Quarantine } from './quarantine.ts';
import { RowCheck } from './row-check.ts';
import { SourceIds } from './source-ids.ts';

/** A feed whose `connect` fails (a port taken, a broker gone) is tried again after this. */
const RETRY_MS = 15_000;
/** Period that stands in where neither layer nor feed has one, when silence of a source is judged. */
const EVENT_PERIOD_S = 300;
/** A keep-alive stream says something at least this often (docs/upstreams.md: 15 s), so two missed ones are late. */
const KEEP_ALIVE_S = 30;

/** Clocks of devices are compared no finer than this: networks hold things back. */
const BEHIND_MS = 30_000;
/** A device with a wrong clock that fell silent stays named for so long. */
const CLOCK_KEPT_MS = 3_600_000;

type Connections = Pick<FeedContext<unknown>, 'clock' | 'log' | 'station' | 'mqtt' | 'tcp' | 'inbox'>;

export interface RunnerOptions extends Connections {
  /** The base address of relative ones, asked when a feed is connected; null: there is none. */
  readonly base: () => string | null;
  readonly bounds: Bounds;
  readonly ingest: ReadonlyMap<string, LayerIngest>;
  readonly stores: (layer: Layer) => ConstructorParameters<typeof RowCheck>[1]['stores'];
  readonly aliases: AliasTable;
  readonly memory: FeedMemory;
  readonly quarantine: Quarantine;
}

export interface FeedSetup {
  readonly definition: FeedDefinition;
  /** Checked settings of the feed, defaults filled in. */
  readonly settings: z.infer<FeedDefinition['settings']>;
  readonly enabled: boolean;
  /** The city system this feed speaks for: part of the identity of what it reports. */
  readonly system: string;
}

interface Running {
  setup: FeedSetup;
  readonly health: FeedHealth;
  readonly sink: FeedSink;
  /** A person switched it off. */
  isOff: boolean;
  /** It is connected, or to be. */
  isOn: boolean;
  stop: AbortController | null;
  retry: Timer | null;
  /** Period it was connected with, seconds; null: none. */
  connectedS: number | null;
}

export class FeedRunner {
  readonly #options: RunnerOptions;
  readonly #feeds = new Map<string, Running>();
  #isStarted = false;
  /** Periods that hold in place of longer ones, seconds, by feed. */
  #hurry: ReadonlyMap<string, number> = new Map();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  add(setup: FeedSetup): void {
    const { definition, settings } = setup;
    const { periodS: pollS = 0, keepAliveS = KEEP_ALIVE_S } = settings as Partial<Rhythm>;
    const writes = definition.writes.map((layer) => layer.slug);
    const health = new FeedHealth(
      {
        ...definition,
        system: setup.system,
        writes,
        pollS,
        keepAliveS: definition.keepAlive ? keepAliveS : null,
      },
      this.#options.log,
      this.#options.clock.now(),
    );
    const { clock, quarantine, aliases } = this.#options;
    const lanes = new Map(
      definition.writes.map((layer) => [layer.slug, this.#lane(definition, layer, settings)]),
    );
    const sink = new FeedSink({ system: setup.system, clock, health, quarantine, aliases, lanes });
    const state = { isOff: false, isOn: setup.enabled, stop: null, retry: null, connectedS: null };
    this.#feeds.set(definition.slug, { setup, health, sink, ...state });
    health.setEnabled(setup.enabled, this.#options.clock.now());
  }

  /**
   * Connects every enabled feed that is not connected, or those of them that are due; one that cannot connect is down
   * and tried again, the others live.
   */
  async start(isDue: (setup: FeedSetup) => boolean = () => true): Promise<void> {
    this.#isStarted = true;
    const on = [...this.#feeds.values()].filter(({ isOn, stop, setup }) => isOn && !stop && isDue(setup));
    await Promise.all(on.map((feed) => this.#connect(feed)));
  }

  stop(): void {
    for (const feed of this.#feeds.values()) {
      feed.retry?.stop();
      feed.stop?.abort();
      feed.stop = null;
    }
  }

  has(slug: string): boolean {
    return this.#feeds.has(slug);
  }

  /** Whether this feed writes this layer, switched on or not. */
  writes(slug: string, layer: string): boolean {
    const writes = this.#feeds.get(slug)?.setup.definition.writes ?? [];
    return writes.some((written) => written.slug === layer);
  }

  /** The revision by which deliveries of a row are ordered; 0 where its source has none. */
  revisionOf(layer: string, key: string): number {
    return this.#options.ingest.get(layer)?.revisionOf(key) ?? 0;
  }

  /** Takes up a row of an earlier run whose `source` is a feed that writes the layer. */
  takeUp(layer: string, row: { key: string; source: string; validAt: number; revision: number }): void {
    this.#feeds.get(row.source)?.sink.takeUp(layer, row);
  }

  /** The address a feed asks at; null where it has none. */
  addressOf(slug: string): string | null {
    const { url } = (this.#feeds.get(slug)?.setup.settings ?? {}) as { readonly url?: string };
    return url === undefined ? null : (URL.parse(url, this.#options.base() ?? undefined)?.href ?? null);
  }

  /** Whether the settings have this feed connect at all. */
  isConnectable(slug: string): boolean {
    return this.#feeds.get(slug)?.setup.enabled ?? false;
  }

  /** A name of the source stands for another entity from now on. */
  renamed({ system, layer, sourceId }: SourceName): void {
    for (const { setup, sink } of this.#feeds.values()) {
      if (setup.system === system) sink.forgetName(layer, sourceId);
    }
  }

  /** Switches one feed that the settings connect off, or on again; `why`: for whoever reads its health. */
  async setEnabled(slug: string, enabled: boolean, why = ''): Promise<void> {
    const feed = this.#feeds.get(slug);
    if (!feed) return;
    feed.isOff = !enabled;
    if (!feed.setup.enabled) return;
    feed.isOn = enabled;
    feed.health.setEnabled(enabled, this.#options.clock.now(), why);
    if (!this.#isStarted) return;
    feed.retry?.stop();
    if (!enabled) {
      feed.stop?.abort();
      feed.stop = null;
    } else if (!feed.stop) await this.#connect(feed);
  }

  /**
   * Other addresses, periods or secrets of one feed from now on: it is connected anew. One that could not connect
   * before is switched on; one that a person switched off stays so.
   */
  async reconfigure(setup: FeedSetup): Promise<void> {
    const feed = this.#feeds.get(setup.definition.slug);
    if (!feed) return;
    const isOn = setup.enabled && !feed.isOff;
    feed.setup = setup;
    feed.health.setPoll(this.#periodOf(setup) ?? 0);
    if (feed.isOn !== isOn) feed.health.setEnabled(isOn, this.#options.clock.now());
    feed.isOn = isOn;
    feed.retry?.stop();
    feed.stop?.abort();
    feed.stop = null;
    if (this.#isStarted && isOn) await this.#connect(feed);
  }

  /**
   * Asks some feeds more often from now on, seconds by slug; an empty map: as the settings say. Feeds that are told, and
   * those that are asked as often already, stay connected.
   */
  async hurry(periodsS: ReadonlyMap<string, number>): Promise<void> {
    const before = this.#hurry;
    this.#hurry = periodsS;
    const changed = [...this.#feeds.values()].filter(({ setup }) => {
      const slug = setup.definition.slug;
      return before.get(slug) !== periodsS.get(slug) && setup.enabled && this.#periodOf(setup) !== null;
    });
    await Promise.all(
      changed.flatMap((feed) => {
        const periodS = this.#periodOf(feed.setup) ?? 0;
        if (periodS === feed.connectedS) return [];
        feed.health.setPoll(periodS);
        if (!this.#isStarted || !feed.isOn || !feed.stop) return [];
        feed.retry?.stop();
        feed.stop.abort();
        return [this.#connect(feed)];
      }),
    );
  }

  /** Seconds between two questions as they hold now; null: the feed is told, or there is none. */
  periodOf(slug: string): number | null {
    const feed = this.#feeds.get(slug);
    return feed ? this.#periodOf(feed.setup) : null;
  }

  /** As the settings have it. */
  usualPeriodOf(slug: string): number | null {
    const { periodS } = (this.#feeds.get(slug)?.setup.settings ?? {}) as Partial<Rhythm>;
    return periodS ?? null;
  }

  #periodOf({ definition, settings }: FeedSetup): number | null {
    const { periodS } = settings as Partial<Rhythm>;
    if (periodS === undefined) return null;
    return Math.min(periodS, this.#hurry.get(definition.slug) ?? Infinity);
  }

  /** How every feed does now; logs losses and recoveries. */
  reports(): FeedReport[] {
    const now = this.#options.clock.now();
    return [...this.#feeds.values()].map(({ health, sink }) => health.report(now, sink.clockFaults(now)));
  }

  logChanges(reports: readonly FeedReport[]): void {
    const now = this.#options.clock.now();
    for (const report of reports) this.#feeds.get(report.id)?.health.logChange(report, now);
  }

  /** Forgets objects that ended long ago. */
  sweep(): void {
    const now = this.#options.clock.now();
    const gone = new Map(
      [...this.#options.ingest].map(([slug, ingest]) => [slug, new Set(ingest.sweep(now))]),
    );
    for (const { sink } of this.#feeds.values()) sink.forget(gone);
  }

  #lane(definition: FeedDefinition, layer: Layer, settings: unknown): FeedLane {
    const { crs = 'WGS-84', priority = 50, synthetic = false } = settings as Partial<CommonSettings>;
    const ingest = this.#options.ingest.get(layer.slug);
    if (!ingest) throw new Error(`feed ${definition.slug}: layer ${layer.slug} is not loaded`);
    const check = new RowCheck(layer, {
      crs,
      bounds: this.#options.bounds,
      stores: this.#options.stores(layer),
    });
    const periodMs = (layer.periodS ?? definition.cadenceS ?? EVENT_PERIOD_S) * 1000;
    const { periodS: pollS = 0 } = settings as Partial<Rhythm>;
    const tolerance = clockTolerance(definition.cadenceS, { pollS, periodMs });
    return {
      ingest,
      lane: ingest.addLane({ feed: definition.slug, priority, periodMs, synthetic, check }),
      objects: new SourceIds(),
      clocks: layer.time === 'observed' ? new DeviceClocks(tolerance) : null,
      strangers: new StrangerClocks(tolerance),
    };
  }

  async #connect(feed: Running): Promise<void> {
    const { definition } = feed.setup;
    const periodS = this.#periodOf(feed.setup);
    const settings = { ...(feed.setup.settings as object), ...(periodS === null ? {} : { periodS }) };
    feed.connectedS = periodS;
    const stop = new AbortController();
    feed.stop = stop;
    try {
      await definition.connect(this.#context(feed, stop.signal, settings));
      this.#options.log.info('feed.started', { feed: definition.slug });
    } catch (error) {
      stop.abort();
      const detail = error instanceof Error ? error.message : String(error);
      feed.health.failed('feed/unreachable', detail);
      this.#options.log.error('feed.connect-failed', {
        feed: definition.slug,
        error: detail,
        retryInMs: RETRY_MS,
      });
      if (feed.stop !== stop) return;
      feed.retry = this.#options.clock.after(RETRY_MS, () => void this.#connect(feed));
    }
  }

  #context(feed: Running, signal: AbortSignal, settings: unknown): FeedContext<unknown> {
    const { clock, station, mqtt, tcp, inbox, memory } = this.#options;
    const { slug } = feed.setup.definition;
    const { health, sink } = feed;
    return {
      slug,
      settings,
      base: this.#options.base(),
      credential: credentialOf(settings, this.#options.base()),
      sink,
      clock,
      log: this.#options.log.child({ feed: slug }),
      signal,
      contact: () => health.contact(clock.now()),
      failure: (code, detail) => health.failed(code, detail),
      complete: (set) => sink.complete(set),
      memory: memory.of(slug),
      station,
      mqtt,
      tcp,
      inbox,
    };
  }
}

/** Devices of one feed report at their own times, and wait until we ask: that much lies between them anyway. */
function clockTolerance(
  cadenceS: number | null,
  { pollS, periodMs }: { readonly pollS: number; readonly periodMs: number },
): ClockTolerance {
  return {
    behindMs: cadenceS === null ? null : Math.max(BEHIND_MS, 1000 * (pollS + 2 * cadenceS)),
    keptMs: Math.max(CLOCK_KEPT_MS, 4 * periodMs),
  };
}

/** Settings of a feed that its health is judged by. */
interface Rhythm {
  readonly periodS: number;
  readonly keepAliveS: number | null;
}

interface CommonSettings {
  readonly crs: Crs;
  readonly priority: number;
  readonly synthetic: boolean;
}
