// Where the parser of one feed puts what it read: check → identify → merge, or quarantine. Nothing here ever throws.
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Layer, RemoveReason } from '../../contracts/layer.ts';
import type { CompleteSet, RawRow, Sink } from '../kit/feed.ts';
import type { Clock } from '../kit/clock.ts';
import type { AliasTable } from './alias-table.ts';
import type { FeedHealth } from './feed-health.ts';
import type { Lane, LayerIngest, Outcome } from './layer-ingest.ts';
import type { Quarantine } from './quarantine.ts';
import { DRIFT_MS } from './row-check.ts';

export interface FeedLane {
  readonly ingest: LayerIngest;
  readonly lane: Lane;
  /** Source id → object number. */
  readonly objects: Map<string, number>;
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

  constructor(options: FeedSinkOptions) {
    this.#options = options;
    this.#feed = options.health.facts.slug;
  }

  put(layer: Layer, row: RawRow): void {
    const { clock, health } = this.#options;
    const now = clock.now();
    const found = this.#options.lanes.get(layer.slug);
    if (!found)
      return this.#refuse(
        'record/shape',
        now,
        () => `layer ${layer.slug} is not among the layers this feed writes`,
        row,
      );
    const { check } = found.lane;
    const code = check.check(row, now);
    if (code) return this.#refuse(code, now, () => describe(row, check.column, check.value), row);
    let outcome: Outcome;
    try {
      outcome = found.ingest.apply(this.#objectOf(found, layer.slug, row.id), found.lane, row, now);
    } catch (error) {
      return this.#refuse(
        'record/shape',
        now,
        () => (error instanceof Error ? error.message : String(error)),
        row,
      );
    }
    if (outcome === 'duplicate') {
      health.totals.duplicates += 1;
      health.contact(now);
      return;
    }
    if (outcome === 'late') health.totals.late += 1;
    else if (outcome === 'held') health.totals.held += 1;
    const ahead = row.validAt - now;
    health.accepted(row.validAt, now, layer.time === 'observed' && ahead > DRIFT_MS ? ahead : 0);
  }

  remove(layer: Layer, id: string, reason: RemoveReason, validAt: number): void {
    const { clock, health } = this.#options;
    const now = clock.now();
    const found = this.#options.lanes.get(layer.slug);
    if (!found || typeof id !== 'string' || id === '' || !Number.isFinite(validAt)) {
      return this.#refuse('record/shape', now, () => `remove ${String(id)} of ${layer.slug} at ${validAt}`, {
        id,
        validAt,
      });
    }
    const outcome = found.ingest.end(this.#objectOf(found, layer.slug, id), reason, Math.min(validAt, now));
    if (outcome === 'duplicate') health.totals.duplicates += 1;
    else health.accepted(Math.min(validAt, now), now, 0);
  }

  reject(code: ErrorCode, detail: string, raw: string | Uint8Array): void {
    const now = this.#options.clock.now();
    this.#options.health.rejected(now);
    this.#options.quarantine.count(this.#feed, code, now, () => ({ detail, raw }));
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

  /** Forgets objects that ended long ago, `gone` by layer. */
  forget(gone: ReadonlyMap<string, ReadonlySet<number>>): void {
    for (const [slug, { objects }] of this.#options.lanes) {
      const ended = gone.get(slug);
      if (!ended || ended.size === 0) continue;
      for (const [id, object] of objects) if (ended.has(object)) objects.delete(id);
    }
  }

  #objectOf(found: FeedLane, layer: string, id: string): number {
    const known = found.objects.get(id);
    if (known !== undefined) return known;
    const object = found.ingest.adopt(this.#options.aliases.resolve(this.#options.system, layer, id));
    found.objects.set(id, object);
    return object;
  }

  #refuse(code: ErrorCode, now: number, detail: () => string, record: unknown): void {
    this.#options.health.rejected(now);
    this.#options.quarantine.count(this.#feed, code, now, () => ({ detail: detail(), raw: rawOf(record) }));
  }
}

function describe(row: RawRow, column: string, value: unknown): string {
  return `${String(row.id).slice(0, 80)}: ${column} = ${rawOf(value).slice(0, 120)}`;
}

function rawOf(record: unknown): string {
  try {
    return JSON.stringify(record) ?? String(record);
  } catch {
    return String(record);
  }
}
