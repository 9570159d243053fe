import { ticket } from '../../../contracts/layers/ticket.ts';
import { LayerTable } from '../../../contracts/table.ts';

/** Open tickets: category, and whether the deadline is over. */
export function ticketsOf(
  list: readonly (readonly [category: string | null, overdue: boolean, status?: 'closed'])[],
  now: number,
): LayerTable<(typeof ticket)['columns']> {
  const table = new LayerTable(ticket);
  for (const [i, [category, overdue, status]] of list.entries()) {
    table.put({
      key: `t${i}`,
      validAt: now - 60_000,
      regionCode: '',
      quality: 'good',
      source: 'ticket',
      synthetic: true,
      values: {
        position: null,
        title: null,
        category,
        categoryCode: null,
        channel: null,
        status: status ?? 'handling',
        unit: null,
        acceptAt: null,
        deadlineAt: overdue ? now - 1000 : now + 86_400_000,
        satisfaction: null,
        callbacks: null,
        urgent: null,
        repeat: null,
        text: null,
      },
    });
  }
  return table;
}
