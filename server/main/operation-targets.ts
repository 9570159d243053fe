// What operations of duty officers do: rows of the live world, names of things, feeds.
import type { Column } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { AliasTable } from '../ingest/alias-table.ts';
import { entityId } from '../ingest/entity-id.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { LayerIngest } from '../ingest/layer-ingest.ts';
import type { RowAt, Targets } from '../operations/port.ts';
import type { LiveWorld } from '../state/live-world.ts';

interface TargetParts {
  readonly world: LiveWorld;
  readonly runner: FeedRunner;
  readonly ingest: ReadonlyMap<string, LayerIngest>;
  readonly aliases: AliasTable;
}

export function operationTargets(parts: TargetParts): Targets {
  const { world, runner, ingest, aliases } = parts;
  const overrides = ({ layer }: RowAt) => ingest.get(layer)?.overrides;
  return {
    requireRow: (row) => void requireRow(world, row),
    requireFits: (row, column, value) => requireFits(world, row, { column, value }),
    requireFeed: (feed) => requireFeed(runner, feed),
    namesOf: ({ layer, key }) =>
      aliases.findSources(key).filter((name) => name.layer === layer && aliases.isNameOf(name, key)),
    ownEntity: ({ system, layer, sourceId }) => entityId(system, layer, sourceId),
    silence: (row, isSilent) => {
      if (isSilent) overrides(row)?.silence(row.key);
      else overrides(row)?.endSilence(row.key);
    },
    fill: (row, column, said) => overrides(row)?.fill(row.key, column, said),
    endFill: (row, column) => overrides(row)?.endFill(row.key, column),
    rename: (name, entity) => {
      if (aliases.isNameOf(name, entity)) return;
      aliases.merge(name, entity);
      runner.renamed(name);
    },
    supersede: ({ layer, key }) => {
      const table = world.layers.get(layer)?.table;
      const slot = table?.slotOf(key) ?? -1;
      if (slot >= 0) table?.remove(slot, 'superseded');
    },
    switchFeed: (feed, enabled, why) => void runner.setEnabled(feed, enabled, why),
  };
}

function requireRow(world: LiveWorld, { layer, key }: RowAt): void {
  const held = world.layers.get(layer);
  if (!held) throw new CodedError('request/not-found', `layer ${layer}`);
  if (held.table.slotOf(key) < 0) throw new CodedError('request/not-found', `row ${key} of ${layer}`);
}

/** Kinds of columns that people can say. */
const SAYABLE: ReadonlySet<Column['type']> = new Set([
  'number',
  'text',
  'enum',
  'flags',
  'time',
  'position',
  'strings',
]);

function requireFits(
  world: LiveWorld,
  { layer }: RowAt,
  { column, value }: { readonly column: string; readonly value: unknown },
): void {
  const table = world.table(layer);
  const declared: Column | undefined = Object.hasOwn(table.layer.columns, column)
    ? table.layer.columns[column]
    : undefined;
  if (!declared) throw new CodedError('request/not-found', `column ${column} of ${layer}`);
  const refuse = (why: string): never => {
    throw new CodedError('request/invalid', `value: ${JSON.stringify(value).slice(0, 80)}: ${why}`);
  };
  if (!SAYABLE.has(declared.type)) refuse(`a ${declared.type} cannot be filled in by hand`);
  if (value === null) return;
  if (declared.type === 'number') {
    const { min, max, unit } = declared;
    if (typeof value !== 'number' || !(value >= min && value <= max))
      refuse(`a number from ${min} to ${max} ${unit}`);
  }
  const bad = table.column(column).fault(value as never);
  if (bad) refuse(bad);
}

function requireFeed(runner: FeedRunner, feed: string): void {
  if (!runner.has(feed)) throw new CodedError('request/not-found', `feed ${feed}`);
  if (!runner.isConnectable(feed)) throw new CodedError('request/conflict', `the settings leave ${feed} out`);
}
