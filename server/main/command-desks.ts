// What those who command have beside incidents and plans, wired for one world: evidence packs, orders and what they lead to.
import type { AdviseBook } from '../advise/advise-book.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { Clock } from '../kit/clock.ts';
import type { RegionGrid } from '../ingest/region-grid.ts';
import type { PackBook } from '../evidence/pack-book.ts';
import type { History } from '../history/port.ts';
import type { Room } from '../realtime/room.ts';
import type { CallBook } from '../calls/call-book.ts';
import type { OptionBook } from '../options/option-book.ts';
import type { OrderBook } from '../orders/order-book.ts';
import type { AckBook } from '../acknowledgements/ack-book.ts';
import { acknowledgementsOf } from './acknowledgements-of-world.ts';
import { adviseOf } from './advise-of-world.ts';
import { callsOf, optionsOf } from './calls-of-world.ts';
import { evidenceOf } from './evidence-of-world.ts';
import { incidentTargets } from './incident-targets.ts';
import { ordersOf } from './orders-of-world.ts';
import type { SituationBook } from '../situations/situation-book.ts';
import { situationsOf } from './situations-of-world.ts';
import { publicationsOf } from './publications-of-world.ts';
import type { Shared } from './shared.ts';
import type { OpenWorld } from './world.ts';

export interface CommandDesks {
  readonly packs: PackBook;
  readonly orders: OrderBook;
  readonly options: OptionBook;
  readonly calls: CallBook;
  readonly situations: SituationBook;
  readonly advise: AdviseBook;
  readonly acknowledgements: AckBook;
}

export type CommandParts = Pick<
  OpenWorld,
  | 'config'
  | 'world'
  | 'runner'
  | 'clock'
  | 'stores'
  | 'incidents'
  | 'files'
  | 'outbox'
  | 'library'
  | 'runs'
  | 'duty'
  | 'alerts'
  | 'bookings'
> & {
  readonly shared: Shared;
  readonly root: string;
  readonly grid: RegionGrid;
  readonly room: Room;
  readonly history: History;
  /** What runs of models are timed by. */
  readonly wall: Clock;
  /** Called with each incident that something was done to. */
  readonly followers: Set<(incident: Incident) => void>;
};

/** Folds their logs; what a kill left undone is done before it resolves. */
export async function commandDesks(parts: CommandParts): Promise<CommandDesks> {
  const { shared, world, grid, files, clock, stores } = parts;
  const cityCode = shared.city.profile.code;
  const targets = incidentTargets({ world, grid, files, clock, cityCode, isDemo: shared.config.demo });
  const packs = await evidenceOf({ ...parts, records: stores.records, targets });
  const orders = await ordersOf({ ...parts, packs });
  const options = await optionsOf({ ...parts, packs });
  const calls = await callsOf(parts);
  const acknowledgements = await acknowledgementsOf(parts);
  const situations = await situationsOf({ ...parts, packs, orders, options, calls, acknowledgements });
  publicationsOf(parts);
  const advise = await adviseOf({ ...parts, packs });
  return { packs, orders, options, calls, situations, acknowledgements, advise };
}

export async function closeCommandDesks(desks: CommandDesks): Promise<void> {
  const { packs, orders, options, calls, situations, acknowledgements, advise } = desks;
  await advise.close();
  await acknowledgements.close();
  await situations.close();
  await calls.close();
  await options.close();
  await orders.close();
  await packs.close();
}
