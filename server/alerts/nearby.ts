// Rows of another layer, or of the same, near a row in place and time: the question that joins layers.
import type { AlertLeaf } from '../../contracts/records/alert-rule.ts';
import type { PositionStore } from '../../contracts/stores/position.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { boxAround, metresBetween, positionsOf } from './areas.ts';
import type { Look, Test } from './conditions.ts';
import { ANY, NONE, UNKNOWN } from './level.ts';

type Nearby = Extract<AlertLeaf, { kind: 'nearby' }>;

interface Both {
  readonly table: LayerTable;
  readonly partner: LayerTable;
  /** Which rows of the partner count. */
  readonly fits: Test;
}

/** The row itself counts where it is of the same layer. Put behind what leaves most rows out. */
export function nearbyOf(leaf: Nearby, { table, partner, fits }: Both): Test {
  const own = positionsOf(table);
  const other = positionsOf(partner);
  if (!own || !other) throw new Error(`nearby: ${table.layer.slug} and ${leaf.layer} both need positions`);
  const same = leaf.same.map((name) => [table.column(name), partner.column(name)] as const);
  const recent = new RecentRows(partner, other, leaf);
  return (slot, look) => {
    if (own.isNull(slot)) return UNKNOWN;
    if ((table.validAt[slot] as number) < look.at - leaf.within) return NONE;
    const at = { lon: own.lon(slot), lat: own.lat(slot) };
    let count = 0;
    const isEnough = recent.around(at, look, (near) => {
      if (metresBetween(other.lon(near), other.lat(near), at) > leaf.withinM) return false;
      if (fits(near, look) <= NONE) return false;
      if (!same.every(([mine, theirs]) => mine.value(slot) === theirs.value(near))) return false;
      count += 1;
      return count >= leaf.atLeast;
    });
    return isEnough ? ANY : NONE;
  };
}

/** Cells of a row of the grid: more than there are between two poles a metre apart. */
const ROW = 2 ** 26;

/**
 * The rows of a layer that speak of the last while, in cells as large as the distance that is asked for. A layer holds
 * the rows of days, and most of them are too old to count: they are left out once a turn, not once for every row that asks.
 */
class RecentRows {
  readonly #table: LayerTable;
  readonly #positions: PositionStore;
  readonly #leaf: Pick<Nearby, 'within' | 'withinM'>;
  readonly #cells = new Map<number, number[]>();
  #turn = -1;
  #stepLon = 1;
  #stepLat = 1;

  constructor(table: LayerTable, positions: PositionStore, leaf: Pick<Nearby, 'within' | 'withinM'>) {
    this.#table = table;
    this.#positions = positions;
    this.#leaf = leaf;
  }

  /** Visits every row that may be within reach, and some that are not, until one says that it is enough. */
  around(
    { lon, lat }: { lon: number; lat: number },
    look: Look,
    isEnough: (slot: number) => boolean,
  ): boolean {
    if (look.turn !== this.#turn) this.#gather(look);
    const [x, y] = [Math.floor(lon / this.#stepLon), Math.floor(lat / this.#stepLat)];
    for (let row = y - 1; row <= y + 1; row += 1) {
      for (let column = x - 1; column <= x + 1; column += 1) {
        if (this.#cells.get(row * ROW + column)?.some(isEnough)) return true;
      }
    }
    return false;
  }

  #gather({ at, turn }: Look): void {
    this.#turn = turn;
    this.#cells.clear();
    const { alive, validAt, highWater } = this.#table;
    const positions = this.#positions;
    const oldest = at - this.#leaf.within;
    const slots: number[] = [];
    let farthest = 0;
    for (let slot = 0; slot < highWater; slot += 1) {
      if (alive[slot] !== 1 || (validAt[slot] as number) < oldest || positions.isNull(slot)) continue;
      slots.push(slot);
      farthest = Math.max(farthest, Math.abs(positions.lat(slot)));
    }
    // A degree of longitude is shortest at the row farthest from the equator, or at the one that asks, a step beyond it.
    const [, , , top] = boxAround(0, farthest, this.#leaf.withinM);
    const [west, south] = boxAround(0, top, this.#leaf.withinM);
    this.#stepLon = -west;
    this.#stepLat = top - south;
    for (const slot of slots) {
      const cell =
        Math.floor(positions.lat(slot) / this.#stepLat) * ROW +
        Math.floor(positions.lon(slot) / this.#stepLon);
      const held = this.#cells.get(cell);
      if (held) held.push(slot);
      else this.#cells.set(cell, [slot]);
    }
  }
}
