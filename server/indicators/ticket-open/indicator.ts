import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineIndicator } from '../define.ts';

export default defineIndicator({
  slug: 'ticket-open',
  version: 1,
  title: { zh: '12345 在办工单', en: '12345 tickets open' },
  unit: { zh: '件', en: '' },
  sign: null,
  key: false,
  direction: 'down',
  limits: [],
  periodS: 300,
  inputs: [ticket],
  formula: {
    zh: '30天内未办结的工单数，列出其中已超时限的。',
    en: 'Tickets of the last 30 days that are not closed; those past their deadline are named.',
  },
  systems: ['network-governance'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(ticket);
    const [status, deadlineAt] = [table.column('status'), table.column('deadlineAt')];
    const overdue = view.lanes(1);
    view.scan(ticket, (slot, region) => {
      const code = status.get(slot);
      if (code === null) return false;
      if (code === 'closed') return true;
      view.add(region, 1);
      if (deadlineAt.get(slot) < view.now) {
        overdue[0] = (overdue[0] as number) + 1;
        if (region > 0) overdue[region] = (overdue[region] as number) + 1;
      }
      return true;
    });
    for (let region = 0; region < view.regionCount; region++) {
      if ((overdue[region] as number) > 0) view.note(region, `超时 ${overdue[region]}`);
    }
  },
});
