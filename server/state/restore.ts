// Puts a snapshot back into a world before the feeds start: rows keep their times, so that they look as old as they are.
import type { EarlierLayer } from '../../contracts/earlier.ts';
import { underLayer } from '../../contracts/earlier.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { Logger } from '../kit/log.ts';
import type { World, WorldLayer } from './port.ts';
import type { Cursors, Snapshot, StoredLayer } from './snapshot-file.ts';
import { readSnapshot, toRowInput } from './snapshot-file.ts';

/** A clock that stands further before the snapshot than this was set back: its rows would hide everything new. */
const CLOCK_SLACK_MS = 60_000;

/** A stored row as its feed knows it. */
export interface KnownRow {
  readonly key: string;
  readonly source: string;
  readonly validAt: number;
  readonly revision: number;
}

export interface RestoreOptions {
  readonly file: string;
  readonly city: string;
  readonly world: World;
  readonly log: Logger;
  /** City clock, epoch ms. */
  readonly now: number;
  /** Whether a row of this source still belongs into the layer. */
  readonly accepts: (layer: string, row: { readonly source: string; readonly synthetic: boolean }) => boolean;
  /** Declarations that layers had before. */
  readonly earlier: EarlierLayer;
  /** Called for each row that is in its table again. */
  readonly adopt: (layer: string, row: KnownRow) => void;
}

/** What is back. */
export interface Restored {
  /** The cursors that fit the rows. */
  readonly cursors: Cursors;
  /** Known to the snapshot, epoch ms; null: there was none to use. */
  readonly at: number | null;
}

/** A snapshot that cannot be used is one line in the log, and an empty start. */
export function restore(options: RestoreOptions): Restored {
  const { file, log, world } = options;
  let snapshot: Snapshot | null;
  try {
    snapshot = readSnapshot(file);
    if (snapshot) refuseForeign(snapshot, options);
  } catch (error) {
    log.error('state.unusable', {
      error: error instanceof Error ? error.message : String(error),
      then: 'started empty; feeds read from their own beginning',
    });
    return { cursors: {}, at: null };
  }
  if (!snapshot) return { cursors: {}, at: null };
  const incomplete = new Set<string>();
  let rows = 0;
  for (const stored of snapshot.layers) rows += restoreLayer(stored, options, incomplete);
  log.info('state.restored', {
    rows,
    ageS: Math.round((options.now - snapshot.at) / 1000),
    world: world.facts.id,
  });
  // Beside rows that are missing now, a cursor would skip them for ever.
  const cursors = Object.entries(snapshot.cursors).filter(([feed]) => !incomplete.has(feed));
  return { cursors: Object.fromEntries(cursors), at: snapshot.at };
}

function refuseForeign(snapshot: Snapshot, { file, city, world, now }: RestoreOptions): void {
  if (snapshot.city !== city || snapshot.world !== world.facts.id) {
    throw new Error(
      `${file} is of city ${snapshot.city}, world ${snapshot.world}, not of ${city}, ${world.facts.id}`,
    );
  }
  if (snapshot.at > now + CLOCK_SLACK_MS) {
    throw new Error(
      `${file} was written at ${new Date(snapshot.at).toISOString()}, which is still to come: check the clock`,
    );
  }
}

/** → rows that are back; feeds of which some are not are added to `incomplete`. */
function restoreLayer(stored: StoredLayer, options: RestoreOptions, incomplete: Set<string>): number {
  const { world, log } = options;
  const held = world.layers.get(stored.slug);
  const from =
    held?.layer.schema === stored.schema ? held.layer : options.earlier(stored.slug, stored.schema);
  if (!held || !from) {
    const why = held ? 'its columns changed, and how they were is not known' : 'it is no longer declared';
    log.warn('state.layer-skipped', { layer: stored.slug, rows: stored.rows.length, why });
    for (const { head } of stored.rows) incomplete.add(String(head[SOURCE]));
    return 0;
  }
  let rows = 0;
  let fault: unknown = null;
  for (const one of stored.rows) {
    const row = asDeclared(toRowInput(from, one), from, held);
    const isBack = options.accepts(stored.slug, { source: row.source, synthetic: row.synthetic === true });
    try {
      if (isBack) held.table.put(row);
    } catch (error) {
      fault ??= error;
      incomplete.add(row.source);
      continue;
    }
    if (isBack) options.adopt(stored.slug, row);
    else incomplete.add(row.source);
    rows += isBack ? 1 : 0;
  }
  if (fault !== null) log.warn('state.rows-refused', { layer: stored.slug, first: String(fault) });
  return rows;
}

type Stored = ReturnType<typeof toRowInput>;

function asDeclared(row: Stored, from: Layer, { layer, table }: WorldLayer): Stored {
  if (from === layer) return row;
  return { ...row, values: underLayer(row.values, { from, to: layer, stores: table.stores }) } as Stored;
}

/** Where the source stands in the head of a stored row. */
const SOURCE = 5;
