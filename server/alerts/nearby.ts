// Rows of another layer, or of the same, near a row in place and time: the question that joins layers.
import type { AlertLeaf } from '../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { boxAround, metresBetween, positionsOf } from './areas.ts';
import type { Ground, Test } from './conditions.ts';
import { ANY, NONE, UNKNOWN } from './level.ts';

type Nearby = Extract<AlertLeaf, { kind: 'nearby' }>;

interface Both {
  readonly table: LayerTable;
  readonly partner: LayerTable;
  readonly within: Ground['within'];
  /** Which rows of the partner count. */
  readonly fits: Test;
}

/** The row itself counts where it is of the same layer. Asks the spatial index: put behind what leaves most rows out. */
export function nearbyOf(leaf: Nearby, { table, partner, within, fits }: Both): Test {
  const own = positionsOf(table);
  const other = positionsOf(partner);
  if (!own || !other) throw new Error(`nearby: ${table.layer.slug} and ${leaf.layer} both need positions`);
  const same = leaf.same.map((name) => [table.column(name), partner.column(name)] as const);
  return (slot, look) => {
    if (own.isNull(slot)) return UNKNOWN;
    const oldest = look.at - leaf.within;
    if ((table.validAt[slot] as number) < oldest) return NONE;
    const at = { lon: own.lon(slot), lat: own.lat(slot) };
    let count = 0;
    for (const near of within(leaf.layer, boxAround(at.lon, at.lat, leaf.withinM)) ?? []) {
      const isRecent = partner.alive[near] === 1 && (partner.validAt[near] as number) >= oldest;
      if (!isRecent || metresBetween(other.lon(near), other.lat(near), at) > leaf.withinM) continue;
      if (fits(near, look) <= NONE) continue;
      if (!same.every(([mine, theirs]) => mine.value(slot) === theirs.value(near))) continue;
      count += 1;
      if (count >= leaf.atLeast) return ANY;
    }
    return NONE;
  };
}
