// Where the parser of one feed puts what it read: check → identify → merge, or quarantine. Nothing here ever throws.
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { CompleteSet, RawRow, Sink } from '../kit/feed.ts';
import type { Clock } from '../kit/clock.ts';
import type { AliasTable } from './alias-table.ts';
import type { DeviceClocks, StrangerClocks } from './device-clocks.ts';
import type { FeedHealth } from './feed-health.ts';
import { DRIFT_MS } from './feed-health.ts';
import type { Lane, LayerIngest, Outcome } from './layer-ingest.ts';
import { maskName } from './mask.ts';
import type { ClockFaults } from './port.ts';
import type { BadRecord, Quarantine } from './quarantine.ts';
import type { SourceIds } from './source-ids.ts';
import { WorstClocks } from './worst-clocks.ts';

export interface FeedLane {
  readonly ingest: LayerIngest;
  readonly lane: Lane;
  /** Source id → object number. */
  readonly objects: SourceIds;
  /** By object number; null where moments are not those of observations. */
  readonly clocks: DeviceClocks | null;
  readonly strangers: StrangerClocks;
}

export interface FeedSinkOptions {
  readonly system: string;
  readonly clock: Clock;
  readonly health: FeedHealth;
  readonly quarantine: Quarantine;
  readonly aliases: AliasTable;
  readonly lanes: ReadonlyMap<string, FeedLane>;
}

export class FeedSink implements Sink {
  readonly #options: FeedSinkOptions;
  readonly #feed: string;
  /** Used again for each row. */
  readonly #arrival = { object: 0, now: 0 };

  constructor(options: FeedSinkOptions) {
    this.#options = options;
    this.#feed = options.health.facts.slug;
  }

  put(layer: Layer, row: RawRow): void {
    const { clock, health } = this.#options;
    const now = clock.now();
    const found = this.#options.lanes.get(layer.slug);
    if (!found)
      return this.#refuse('record/shape', now, () => ({
        detail: `this feed does not write ${layer.slug}`,
        raw: rawOf(row),
      }));
    const { check } = found.lane;
    const code = check.check(row, now);
    const isAhead = found.clocks !== null && row.validAt - now > DRIFT_MS;
    if (code) {
      if (code === 'record/time') this.#noteRefused(found, row, now);
      return this.#refuse(code, now, () => describe(row, check.column, check.value));
    }
    const arrival = this.#arrival;
    let outcome: Outcome;
    try {
      arrival.object = this.#objectOf(found, layer.slug, row.id);
      arrival.now = now;
      outcome = found.ingest.apply(found.lane, row, arrival);
    } catch (error) {
      return this.#refuse('record/shape', now, () => ({ detail: String(error), raw: rawOf(row) }));
    }
    if (outcome === 'duplicate') {
      health.totals.duplicates += 1;
      health.contact(now);
      return;
    }
    found.clocks?.note(arrival.object, now - row.validAt, now);
    if (outcome === 'late') health.totals.late += 1;
    else if (outcome === 'held') health.totals.held += 1;
    health.accepted(row.validAt, now, found.clocks !== null);
    if (isAhead) health.totals.drifted += 1;
  }

  remove(...[layer, id, reason, validAt]: Parameters<Sink['remove']>): void {
    const { clock, health } = this.#options;
    const now = clock.now();
    const found = this.#options.lanes.get(layer.slug);
    if (!found || typeof id !== 'string' || id === '' || !Number.isFinite(validAt)) {
      const raw = rawOf({ remove: id, layer: layer.slug, validAt });
      return this.#refuse('record/shape', now, () => ({ detail: 'an ending without id or time', raw }));
    }
    const object = this.#objectOf(found, layer.slug, id);
    // A source whose clock is ahead ends a row at a moment to come: no later than what it told of it, or it would stay.
    const endAt = Math.min(validAt, Math.max(now, found.ingest.lastAtOf(object)));
    const outcome = found.ingest.end(object, reason, endAt);
    if (outcome === 'duplicate') health.totals.duplicates += 1;
    else health.accepted(Math.min(validAt, now), now);
  }

  reject(code: ErrorCode, detail: string, raw: string | Uint8Array): void {
    const now = this.#options.clock.now();
    this.#options.health.rejected(now);
    this.#options.quarantine.count({ feed: this.#feed, code, at: now }, () => ({ detail, raw }));
  }

  ignore(what: string): void {
    this.#options.health.ignored(what);
  }

  /** After a full listing: rows this feed wrote that are not listed end as 'gone'. */
  complete({ layer, ids }: CompleteSet): void {
    const found = this.#options.lanes.get(layer.slug);
    if (!found) return;
    for (const [id, object] of found.objects) if (!ids.has(id)) found.ingest.vanish(object, found.lane);
  }

  /** Takes up a row this feed wrote in an earlier run, with all ids the source may call it by. */
  takeUp(layer: string, row: { key: string; validAt: number; revision: number }): void {
    const { aliases, system, clock, lanes } = this.#options;
    const found = lanes.get(layer);
    if (!found) return;
    const object = found.ingest.takeUp(found.lane, row, clock.now());
    for (const source of aliases.sourcesOf(row.key)) {
      if (source.system === system && source.layer === layer) found.objects.set(source.sourceId, object);
    }
  }

  /** People said that this name stands for another thing now: it is looked up again with its next record. */
  forgetName(layer: string, sourceId: string): void {
    this.#options.lanes.get(layer)?.objects.delete(sourceId);
  }

  /** Devices of this feed whose clocks are wrong, though the feed as a whole is right. */
  clockFaults(now: number): ClockFaults {
    const usualMs = this.#options.health.usualLagMs(now);
    const worst = new WorstClocks();
    for (const [layer, { ingest, clocks, objects, strangers }] of this.#options.lanes) {
      if (clocks === null) continue;
      for (const [object, offMs] of clocks.review(usualMs, now)) {
        const key = ingest.keyOf(object);
        worst.add({ layer, key, name: '', offMs, isSilent: ingest.overrides.isSilent(key) });
      }
      for (const [id, offMs] of strangers.review(usualMs, now)) {
        if (objects.has(id)) continue;
        worst.add({ layer, key: null, name: maskName(id), offMs, isSilent: false });
      }
    }
    return worst;
  }

  /** Forgets objects that ended long ago, `gone` by layer. */
  forget(gone: ReadonlyMap<string, ReadonlySet<number>>): void {
    for (const [slug, { objects, clocks }] of this.#options.lanes) {
      const ended = gone.get(slug);
      if (!ended || ended.size === 0) continue;
      for (const object of ended) clocks?.forget(object);
      for (const [id, object] of objects) if (ended.has(object)) objects.delete(id);
    }
  }

  /** Its moment cannot be true: the clock of the device, or that of the whole feed. */
  #noteRefused({ clocks, strangers, objects }: FeedLane, { id, validAt }: RawRow, now: number): void {
    if (clocks === null || !Number.isFinite(validAt)) return;
    const lagMs = now - validAt;
    if (-lagMs > DRIFT_MS) this.#options.health.ahead(validAt, now);
    const object = objects.get(id);
    if (object === undefined) strangers.note(id, lagMs, now);
    else clocks.note(object, lagMs, now);
  }

  #objectOf(found: FeedLane, layer: string, id: string): number {
    const known = found.objects.get(id);
    if (known !== undefined) return known;
    const object = found.ingest.adopt(this.#options.aliases.resolve(this.#options.system, layer, id));
    found.objects.set(id, object);
    return object;
  }

  #refuse(code: ErrorCode, at: number, describe: () => BadRecord): void {
    this.#options.health.rejected(at);
    this.#options.quarantine.count({ feed: this.#feed, code, at }, describe);
  }
}

function describe(row: RawRow, column: string, value: unknown): BadRecord {
  const detail = `${String(row.id).slice(0, 80)}: ${column} = ${rawOf(value).slice(0, 120)}`;
  return { detail, raw: rawOf(row) };
}

function rawOf(record: unknown): string {
  try {
    return JSON.stringify(record) ?? String(record);
  } catch {
    return String(record);
  }
}
