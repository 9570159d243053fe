import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'case-on-time',
  version: 1,
  title: { zh: '12345 按时办结率', en: '12345 tickets closed in time' },
  unit: { zh: '%', en: '%' },
  sign: 'public-service',
  key: true,
  direction: 'up',
  limits: limitsFrom2024([98, 95, 88], { best: 100 }),
  periodS: 3600,
  inputs: [ticket],
  formula: {
    zh: '30天内时限前办结的工单数 / 应办结（已办结或已到时限）的工单数。',
    en: 'Tickets of the last 30 days closed by their deadline / tickets due (closed, or past their deadline).',
  },
  systems: ['network-governance'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const table = view.table(ticket);
    const [status, deadlineAt] = [table.column('status'), table.column('deadlineAt')];
    view.scan(ticket, (slot, region) => {
      const code = status.get(slot);
      const deadline = deadlineAt.get(slot);
      if (code === null || Number.isNaN(deadline)) return false;
      // The moment of a closed ticket is the moment it was closed.
      if (code === 'closed') view.add(region, (table.validAt[slot] as number) <= deadline ? 1 : 0);
      else if (deadline <= view.now) view.add(region, 0);
      return true;
    });
  },
});
