import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { createSubjects, POLLUTION } from '../standards/subjects.ts';

const DAY_MS = 86_400_000;

export default defineIndicator({
  slug: 'env-complaints',
  version: 1,
  title: { zh: '环境信访', en: 'Environmental complaints' },
  unit: { zh: '件/日', en: '/day' },
  sign: 'environment',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([8, 15, 25], { best: 0 }),
  periodS: 3600,
  inputs: [ticket],
  formula: {
    zh: '最近24小时受理、类别名称含“环境”“环保”“生态”或“污染”的12345工单数；信访局等其他渠道的来信来访未接入。',
    en: 'Tickets of the hotline 12345 accepted in the last 24 h whose category is named after the environment, ecology or pollution; letters and visits by other ways are not connected.',
  },
  systems: ['network-governance'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const table = view.table(ticket);
    const [category, acceptAt] = [table.column('category'), table.column('acceptAt')];
    const subjectsOf = createSubjects();
    view.scan(ticket, (slot, region) => {
      const name = category.get(slot);
      const ageMs = view.now - acceptAt.get(slot);
      if (name === null || Number.isNaN(ageMs)) return false;
      if (ageMs <= DAY_MS && subjectsOf(name).includes(POLLUTION)) view.add(region, 1);
      return true;
    });
  },
});
