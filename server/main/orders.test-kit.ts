// A book of orders on the real books of incidents, evidence and outbox, over one log in memory, on a virtual clock.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCity } from '../../cities/load.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import type { DutyPerson } from '../../contracts/records/duty.ts';
import type { Order, OrderVerb } from '../../contracts/records/order.ts';
import { issueSchema, orderSchemas } from '../../contracts/records/order.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { World } from '../../contracts/wire.ts';
import { IncidentBook } from '../command/incidents.ts';
import { PackBook } from '../evidence/pack-book.ts';
import { createManualClock } from '../kit/clock.ts';
import { ContentShelf } from '../kit/content-shelf.ts';
import { createListLogger } from '../kit/test-context.ts';
import type { MemoryLog } from '../outbound/memory-log.test-kit.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import { testGateway } from '../outbound/outbox.test-kit.ts';
import { Sender } from '../outbound/sender.ts';
import { OrderBook } from '../orders/order-book.ts';

export const START = Date.UTC(2026, 6, 15, 4);
export const MINUTE = 60_000;
export const city = loadCity('testville');
export const live: World = { id: 'live', kind: 'live', parent: null };
export const drill: World = { id: 'drill-1', kind: 'drill', parent: null };

export const actorOf = (id: string, ...areas: string[]) => ({ id, areas, reaches: reachesOf(areas) });
export const chief = actorOf('chief', '*');
export const fire = actorOf('fire-officer', 'dept:emergency');
export const west = actorOf('west-desk', '990101');

let made = 0;
export const action = (): string => `action-${String((made += 1)).padStart(4, '0')}`;

export function rig(world = live) {
  const clock = createManualClock(START);
  const log = createMemoryLog(clock.now);
  const gateway = testGateway();
  const roster = new Map<string, readonly DutyPerson[]>();
  const shown = new Map<string, Order>();
  const shelf = new ContentShelf(mkdtempSync(path.join(tmpdir(), 'orders-')));
  const parts = { world, clock, log, gateway, roster, shown, shelf };
  return { ...parts, open: (onto: MemoryLog = log) => openBooks({ ...parts, log: onto }) };
}

type Parts = Omit<ReturnType<typeof rig>, 'open'>;

async function openBooks({ world, clock, log, gateway, roster, shown, shelf }: Parts) {
  const logger = createListLogger([]);
  const told: { outbox?: OutboxBook; orders?: OrderBook } = {};
  const nothing = (): undefined => undefined;
  const noRow = () => {
    throw new Error('no rows here');
  };
  const incidents = new IncidentBook({
    ...{ log, clock, city },
    targets: {
      ...{ copyRow: noRow, regionAt: () => '990100', file: () => null, labelOf: () => 'public' },
      ...{ show: nothing, showTask: nothing, showOnly: nothing },
    },
    onDone: (incident) => {
      told.outbox?.happened(incident);
      told.orders?.happened(incident);
    },
  });
  await incidents.open();
  const isLive = world.kind === 'live';
  const gateways = { reply: gateway, notice: gateway, push: gateway, statement: gateway };
  const rules = { messages: [], replies: {}, unread: { urgent: [], normal: [], text: '' } };
  const outbox = new OutboxBook({
    ...{ log, clock, logger, incidents, rules },
    city: { title: { zh: '试城', en: 'Test' }, timeZone: 'Asia/Shanghai', code: '990100', systems: [] },
    sender: isLive ? new Sender({ world, clock, logger, gateways }) : null,
    withheld: isLive ? null : { zh: '演练', en: 'A drill' },
  });
  told.outbox = outbox;
  await outbox.open();
  const packs = new PackBook({
    ...{ log, clock, shelf, cityCode: '990100' },
    sources: {
      facts: { city: 'testville', world: world.id, build: 'test', isDemo: false },
      ...{ copyRow: noRow, indicators: () => [], warnings: () => [], labelOf: () => 'public' as const },
      present: () => [{ subject: 'chief', layers: ['warning'] }],
      freeze: () => Promise.resolve({ bytes: Buffer.from(String(clock.now())), at: clock.now(), layers: [] }),
      ...{ incident: (id) => incidents.find(id), nameOf: () => null },
    },
  });
  await packs.open();
  const orders = ordersOn({ ...{ log, clock, roster, shown }, logger, packs, outbox, incidents });
  told.orders = orders;
  await orders.open();
  /** Everything that is due is written and sent. */
  const idle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await orders.idle();
      await outbox.idle();
    }
  };
  return { incidents, outbox, packs, orders, idle };
}

interface OrderParts extends Pick<Parts, 'log' | 'clock' | 'roster' | 'shown'> {
  readonly logger: ReturnType<typeof createListLogger>;
  readonly packs: PackBook;
  readonly outbox: OutboxBook;
  readonly incidents: IncidentBook;
}

const ordersOn = ({ log, clock, roster, shown, logger, packs, outbox, incidents }: OrderParts): OrderBook =>
  new OrderBook({
    ...{ log, clock, logger, freezer: packs, teller: outbox, inForce: () => null },
    ground: {
      ...{ cityCode: '990100', timeZone: 'Asia/Shanghai', units: incidents.units },
      ...{ placeOf: () => null, onDuty: (unit: string) => roster.get(unit) ?? [] },
    },
    words: { rules: city.outbound.orders, city: '试城', timeZone: 'Asia/Shanghai' },
    targets: {
      show: (order) => void shown.set(order.id, order),
      showOnly: (ids) => {
        for (const id of shown.keys()) if (!ids.has(id)) shown.delete(id);
      },
    },
    incident: (id) => incidents.find(id),
    ...{ tasks: incidents.tasks, nameOf: () => null },
  });

export type Opened = Awaited<ReturnType<ReturnType<typeof rig>['open']>>;

export const issueOf = (said: object = {}) =>
  issueSchema.parse({ action: action(), to: [{ unit: 'dept:emergency' }], text: '封闭下河堤', ...said });

export async function incidentIn({ incidents }: Opened): Promise<number> {
  const { id } = await incidents.report(
    chief,
    reportSchema.parse({ action: action(), kind: 'flood', title: '河水上涨' }),
  );
  await incidents.act(chief, id, {
    verb: 'accept',
    asked: actionSchemas.accept.parse({ action: action(), seen: id }),
  });
  return id;
}

/** As the unit, or whoever gave it. */
export function act(
  { orders }: Opened,
  [order, verb]: readonly [Order, OrderVerb],
  { by = verb === 'withdraw' ? chief : fire, seen = orders.view(order.id, () => true).seq } = {},
): Promise<Order> {
  const asked = orderSchemas[verb].parse({ action: action(), seen, text: `${verb} 说明` });
  return orders.act(by, order.id, { verb, asked });
}
