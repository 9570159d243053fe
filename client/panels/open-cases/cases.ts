// Open emergency calls and 12345 tickets, counted. A zero is only said while somebody would tell us otherwise.
import type { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import type { ticket } from '../../../contracts/layers/ticket.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { StateWord } from '../../i18n/words.ts';

export type CallTable = LayerTable<(typeof emergencyCall)['columns']>;
export type TicketTable = LayerTable<(typeof ticket)['columns']>;

export interface OpenCalls {
  readonly total: number;
  readonly police: number;
  readonly fire: number;
  readonly ambulance: number;
  /** The newest call or ticket of all, epoch ms; null without rows. */
  readonly newestAt: number | null;
}

export interface OpenTickets {
  readonly total: number;
  readonly overdue: number;
  readonly newestAt: number | null;
}

export interface CasesModel {
  readonly calls: OpenCalls & { readonly contact: StateWord };
  readonly tickets: OpenTickets & { readonly contact: StateWord };
}

export interface CasesSources {
  readonly calls: CallTable | null;
  readonly tickets: TicketTable | null;
  readonly callContact: StateWord;
  readonly ticketContact: StateWord;
  readonly now: number;
}

export const casesModel = (sources: CasesSources): CasesModel => ({
  calls: { ...countCalls(sources.calls), contact: sources.callContact },
  tickets: { ...countTickets(sources.tickets, sources.now), contact: sources.ticketContact },
});

export function countCalls(table: CallTable | null): OpenCalls {
  const byChannel = { '110': 0, '119': 0, '120': 0 };
  let total = 0;
  let newestAt: number | null = null;
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1) continue;
    newestAt = Math.max(newestAt ?? 0, table.validAt[slot] ?? 0);
    if (table.column('status').get(slot) === 'closed') continue;
    total++;
    const channel = table.column('channel').get(slot);
    if (channel) byChannel[channel]++;
  }
  return { total, police: byChannel['110'], fire: byChannel['119'], ambulance: byChannel['120'], newestAt };
}

export function countTickets(table: TicketTable | null, now: number): OpenTickets {
  let total = 0;
  let overdue = 0;
  let newestAt: number | null = null;
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1) continue;
    newestAt = Math.max(newestAt ?? 0, table.validAt[slot] ?? 0);
    if (table.column('status').get(slot) === 'closed') continue;
    total++;
    if ((table.column('deadlineAt').value(slot) ?? Infinity) < now) overdue++;
  }
  return { total, overdue, newestAt };
}
