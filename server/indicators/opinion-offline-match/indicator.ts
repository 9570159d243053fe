import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import type { View } from '../define.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { HOT, scanTopicHeats } from '../standards/opinion-heat.ts';
import { createSubjects } from '../standards/subjects.ts';

const DAY_MS = 86_400_000;
/** So many tickets are more than one person's trouble. */
const ENOUGH_TICKETS = 3;

export default defineIndicator({
  slug: 'opinion-offline-match',
  version: 1,
  title: { zh: '线上线下同题数', en: 'Same topic online and offline' },
  unit: { zh: '个', en: '' },
  sign: 'public-opinion',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([1, 2, 4], { best: 0 }),
  periodS: 3600,
  inputs: [opinionPost, ticket],
  formula: {
    zh: '24小时内在同一区县既是热点（该区县热度不低于60）、又有不少于3件同题12345工单受理的话题数；工单按类别名称中的用词归题（环境→环境污染、交通→交通出行等），全市为各区县之和。',
    en: 'Topics that within 24 h are hot in a county (its heat is 60 or more) and have three or more 12345 tickets of the same topic there; the words in the name of its category tell the topic of a ticket (environment → pollution, traffic → travel and so on). The city is the sum of the counties.',
  },
  systems: ['x-opinion', 'network-governance'],
  granularity: 'county',
  aggregate: 'SUM',
  evaluate(view) {
    const { topics, heats } = scanTopicHeats(view);
    const tickets = countTickets(view, topics);
    for (const [number, topic] of topics.entries()) {
      for (let region = 1; region < view.regionCount; region++) {
        const at = number * view.regionCount + region;
        if ((heats[at] as number) < HOT || (tickets[at] as number) < ENOUGH_TICKETS) continue;
        view.add(region, 1);
        view.note(region, topic);
        view.note(0, topic);
      }
    }
  },
});

/** Tickets of the last 24 h, [topic × regionCount + region]. */
function countTickets(view: View, topics: readonly string[]): Float64Array {
  const table = view.table(ticket);
  const [category, acceptAt] = [table.column('category'), table.column('acceptAt')];
  const counts = view.lanes(topics.length);
  const numbers = new Map(topics.map((topic, number) => [topic, number]));
  const subjectsOf = createSubjects();
  view.scan(ticket, (slot, region) => {
    const name = category.get(slot);
    const ageMs = view.now - acceptAt.get(slot);
    if (name === null || Number.isNaN(ageMs)) return false;
    if (ageMs > DAY_MS) return true;
    for (const subject of subjectsOf(name)) {
      const number = numbers.get(subject);
      if (number === undefined) continue;
      const at = number * view.regionCount + region;
      counts[at] = (counts[at] as number) + 1;
    }
    return true;
  });
  return counts;
}
