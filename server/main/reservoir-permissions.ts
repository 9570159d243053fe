// Which reservoirs stand over their flood limit with permission (授权拦洪): an order of somebody who may permit it holds now. Rows
// for screens, and a remark for the alerts of those reservoirs; how grave the alert is does not change.
import type { Title } from '../../contracts/column.ts';
import type { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import { reservoir as reservoirLayer } from '../../contracts/layers/reservoir.ts';
import type { reservoirPermission } from '../../contracts/layers/reservoir-permission.ts';
import type { LayerTable, RowInput } from '../../contracts/table.ts';
import type { TickFollower, WorldLayer } from '../state/port.ts';

/** What this server says itself, as the source of a row. */
const SELF = 'leader-cockpit';
/** Orders begin and end by themselves. */
const SWEEP_MS = 30_000;

type Row = RowInput<(typeof reservoirPermission)['columns']>;

export interface PermissionOptions {
  readonly reservoirs: LayerTable<(typeof reservoirLayer)['columns']>;
  readonly orders: LayerTable<(typeof dispatchOrder)['columns']>;
  readonly rows: WorldLayer;
  /** Parts of the names of those who may permit it. */
  readonly senders: readonly string[];
  readonly isDemo: boolean;
  /** Permissions of these reservoirs began or ended. */
  readonly onChange: (keys: ReadonlySet<string>) => void;
}

export class ReservoirPermissions implements TickFollower {
  readonly #options: PermissionOptions;
  #isFresh = true;
  #sweptAt = -Infinity;

  constructor(options: PermissionOptions) {
    this.#options = options;
  }

  /** Said behind the title of an alert about a row; null: nothing. */
  remark(layer: string, key: string): Title | null {
    const { table } = this.#options.rows;
    const slot = layer === reservoirLayer.slug ? table.slotOf(key) : -1;
    if (slot < 0 || table.alive[slot] !== 1) return null;
    const order = String(table.row(slot).values['order'] ?? '');
    return { zh: `（授权拦洪 ${order}）`, en: ` (stored with permission, ${order})` };
  }

  tick({ at }: { readonly at: number }): void {
    const { reservoirs, orders } = this.#options;
    const isDue = this.#isFresh || at - this.#sweptAt >= SWEEP_MS;
    if (!isDue && reservoirs.changedCount + orders.changedCount === 0) return;
    this.#isFresh = false;
    this.#sweptAt = at;
    this.#put(this.#wanted(at), at);
  }

  #wanted(now: number): Map<string, Row['values']> {
    const { reservoirs } = this.#options;
    const wanted = new Map<string, Row['values']>();
    for (let slot = 0; slot < reservoirs.highWater; slot++) {
      if (reservoirs.alive[slot] !== 1) continue;
      const level = reservoirs.column('levelM').value(slot);
      const limit = reservoirs.column('floodLimitM').value(slot);
      const name = reservoirs.column('name').get(slot) ?? '';
      if (level === null || limit === null || level <= limit) continue;
      const order = this.#permitOf(name, now);
      if (order < 0) continue;
      const { orders } = this.#options;
      wanted.set(reservoirs.keyAt(slot), {
        ...{ position: reservoirs.column('position').value(slot), name, levelM: level, overM: level - limit },
        ...{ order: orders.column('name').get(order), sender: orders.column('sender').get(order) },
        ...{
          outflowM3S: orders.column('outflowM3S').value(order),
          untilAt: orders.column('toAt').value(order),
        },
      });
    }
    return wanted;
  }

  /** The last order for a reservoir that holds now and is of somebody who may permit it; −1: none. */
  #permitOf(name: string, now: number): number {
    const { orders, senders } = this.#options;
    let found = -1;
    for (let slot = 0; slot < orders.highWater; slot++) {
      if (orders.alive[slot] !== 1 || orders.column('reservoir').get(slot) !== name) continue;
      const [from, to] = [orders.column('fromAt').value(slot), orders.column('toAt').value(slot)];
      const sender = orders.column('sender').get(slot) ?? '';
      const isInForce =
        orders.column('status').get(slot) !== 'cancelled' && (from ?? 0) <= now && (to === null || to >= now);
      if (!isInForce || !senders.some((one) => sender.includes(one))) continue;
      if (found < 0 || (from ?? 0) >= (orders.column('fromAt').value(found) ?? 0)) found = slot;
    }
    return found;
  }

  #put(wanted: ReadonlyMap<string, Row['values']>, at: number): void {
    const { rows, reservoirs, isDemo, onChange } = this.#options;
    const { table, batch } = rows;
    const changed = new Set<string>();
    for (const { key } of [...table.rows()])
      if (!wanted.has(key)) {
        table.remove(table.slotOf(key), 'gone');
        changed.add(key);
      }
    for (const [key, values] of wanted) {
      const slot = table.slotOf(key);
      const before = slot >= 0 && table.alive[slot] === 1 ? table.row(slot).values : null;
      const sinceAt = (before?.['sinceAt'] as number | undefined) ?? at;
      if (before && before['order'] === values?.order && before['levelM'] === values?.levelM) continue;
      if (before?.['order'] !== values?.order) changed.add(key);
      const reservoir = reservoirs.slotOf(key);
      const row = {
        ...{ key, validAt: at, regionCode: reservoirs.regionAt(reservoir), source: SELF },
        ...{ synthetic: isDemo || reservoirs.syntheticAt(reservoir), values: { ...values, sinceAt } },
      };
      table.put(row);
      batch.append(row);
    }
    if (changed.size > 0) onChange(changed);
  }
}
