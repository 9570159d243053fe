// Headquarters of one world, wired: the city's centres, activated plans, incidents, rosters and messages.
import type { City } from '../../cities/load.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import { inForce } from '../../contracts/records/plan.ts';
import type { IncidentBook } from '../command/incidents.ts';
import type { CrisisBook } from '../crisis/crisis-book.ts';
import type { DutyBook } from '../duty/duty-book.ts';
import { CommandBook } from '../headquarters/command-book.ts';
import type { CentreFacts } from '../headquarters/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { OutboxBook } from '../outbound/outbox.ts';
import type { PlanBook } from '../plans/plan-book.ts';
import type { RunBook } from '../plans/run-book.ts';
import type { CommandDesks } from './command-desks.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

export interface CommandParts {
  readonly shared: Shared;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly log: Logger;
  readonly incidents: IncidentBook;
  readonly library: PlanBook;
  readonly runs: RunBook;
  readonly crisis: CrisisBook;
  readonly duty: DutyBook;
  readonly outbox: OutboxBook;
  readonly command: Pick<CommandDesks, 'calls' | 'orders'>;
}

export async function headquartersOf(parts: CommandParts): Promise<CommandBook> {
  const { shared, stores, clock, log, incidents, library, runs, crisis, duty, outbox, command } = parts;
  const book = new CommandBook({
    ...{ log: stores.records, clock, logger: log, announcer: outbox },
    sources: {
      centres: centresOf(shared.city, incidents.units),
      units: incidents.units,
      runs: () => runs.states(),
      plans: () => library.list().flatMap(({ id }) => inForce(library.view(id).record)?.plan ?? []),
      incidents: () => incidents.everyone(),
      crises: () => crisis.standing(),
      calls: () => command.calls.everyone(),
      orders: () => command.orders.everyone(),
      onDuty: (unit) => duty.onDuty(unit),
    },
  });
  await book.open();
  return book;
}

/** 1+8+N: the city's, each county's, each post of a county. */
function centresOf({ organisation }: City, units: readonly UnitRef[]): CentreFacts[] {
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const centre = (id: string, kind: CentreFacts['kind'], region: string): CentreFacts[] => {
    const unit = known.get(id);
    return unit ? [{ unit, kind, region }] : [];
  };
  const { city, counties } = organisation;
  return [
    ...centre('city', 'city', city.code),
    ...counties.flatMap(({ code }) => centre(`county:${code}`, 'county', code)),
    ...counties.flatMap(({ posts }) => posts.flatMap((code) => centre(`town:${code}`, 'post', code))),
  ];
}
