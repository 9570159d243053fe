// What asks towns to acknowledge it: warnings and dispatch orders in force, out of the rows of their layers. Pure.
import type { dispatchOrder } from '../../contracts/layers/dispatch-order.ts';
import type { warning } from '../../contracts/layers/warning.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { AskBody } from './fold.ts';
import type { AckGround } from './port.ts';

export type Warnings = LayerTable<(typeof warning)['columns']>;
export type DispatchOrders = LayerTable<(typeof dispatchOrder)['columns']>;

const MINUTE_MS = 60_000;
/** What was sent earlier was asked about by others: a server that starts does not ask again. */
const LATEST_MS = 60 * MINUTE_MS;

export type Subject = Omit<AskBody, 'dueAt'> & {
  /** From when on its time runs. */
  readonly withinMs: number;
  /** It was sent so long ago that nobody is asked any more. */
  readonly isOld: boolean;
};

/** One a bulletin, with the towns of all its areas. */
export function warningsInForce(table: Warnings, ground: AckGround, now: number): Subject[] {
  const found = new Map<string, Subject>();
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || (table.column('status').get(slot) ?? 'actual') !== 'actual') continue;
    const event = table.column('event').get(slot) ?? '';
    const severity = table.column('severity').get(slot);
    const fits = ground.rules.warnings.some(
      (rule) =>
        severity !== null &&
        rule.severities.includes(severity) &&
        (rule.events === undefined || rule.events.includes(event)),
    );
    if (!fits) continue;
    const of = table.column('issuedBy').get(slot) ?? table.keyAt(slot);
    const before = found.get(of)?.asked ?? [];
    const sentAt = table.column('sentAt').value(slot);
    found.set(of, {
      ...{ subject: 'warning', of, severity },
      title: (table.column('title').get(slot) ?? event).slice(0, 200),
      asked: union(before, ground.townsOf(table.column('geocodes').get(slot) ?? [])),
      withinMs: ground.rules.withinMin * MINUTE_MS,
      isOld: sentAt !== null && now - sentAt > LATEST_MS,
    });
  }
  return [...found.values()];
}

/** Those that are neither cancelled nor over. */
export function ordersInForce(table: DispatchOrders, ground: AckGround, now: number): Subject[] {
  const { orders } = ground.rules;
  if (!orders) return [];
  const found: Subject[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    const status = table.column('status').get(slot);
    const toAt = table.column('toAt').value(slot);
    if (table.alive[slot] !== 1 || status === 'cancelled' || status === 'done') continue;
    if (toAt !== null && toAt < now) continue;
    const reservoir = table.column('reservoir').get(slot) ?? '';
    const asked = ground.downstreamOf(reservoir);
    if (asked.length === 0) continue;
    const of = table.column('name').get(slot) ?? table.keyAt(slot);
    const outflow = table.column('outflowM3S').value(slot);
    found.push({
      ...{ subject: 'dispatch-order', of, severity: null, asked },
      title: `${reservoir}调度令 ${of}${outflow === null ? '' : `：出库 ${outflow} m³/s`}`.slice(0, 200),
      withinMs: orders.withinMin * MINUTE_MS,
      isOld: now - (table.validAt[slot] as number) > LATEST_MS,
    });
  }
  return found;
}

const union = (a: readonly UnitRef[], b: readonly UnitRef[]): readonly UnitRef[] => [
  ...new Map([...a, ...b].map((unit) => [unit.id, unit])).values(),
];
