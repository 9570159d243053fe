import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import type { View } from '../define.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { HOUR_MS, scanTopicHeats } from '../standards/opinion-heat.ts';

/** Both heats are summed over so many hours: at most the day of the heat, the hour between them taken off. */
const MOST_H = 23;
/** With fewer hours, the first posts after a start would look like a wave. */
const LEAST_H = 2;

export default defineIndicator({
  slug: 'opinion-spread-speed',
  version: 1,
  title: { zh: '传播速度（热度增量）', en: 'Spread speed (growth of heat)' },
  unit: { zh: '点/h', en: 'points/h' },
  sign: 'public-opinion',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([10, 20, 40], { best: 0, worst: 100 }),
  periodS: 600,
  inputs: [opinionPost],
  formula: {
    zh: '话题现在的热度 − 1小时前的热度，取升得最快的话题，都不升为0。两个热度按同样长的时段计（已有信息的时长减1小时，最多23小时），阅读与互动取现值，因此是保守值；不足3小时的信息不算。',
    en: 'Heat of a topic now − its heat an hour ago, of the topic that rises fastest; 0 where none rises. Both are summed over equal spans (the hours posts are there for less one, at most 23) with the reads and interactions of now, so it errs low; with less than 3 h of posts there is no value.',
  },
  systems: ['x-opinion'],
  granularity: 'county',
  aggregate: 'FORMULA',
  evaluate(view) {
    const hours = Math.min(MOST_H, hoursKnown(view) - 1);
    const now = scanTopicHeats(view, { hours, endedHoursAgo: 0 });
    if (!(hours >= LEAST_H)) return;
    const before = scanTopicHeats(view, { hours, endedHoursAgo: 1 });
    const numberBefore = new Map(before.topics.map((topic, number) => [topic, number]));
    for (let region = 0; region < view.regionCount; region++) {
      let most = 0;
      let fastest = '';
      for (const [number, topic] of now.topics.entries()) {
        const old = numberBefore.get(topic);
        const was = old === undefined ? 0 : (before.heats[old * view.regionCount + region] as number);
        const growth = (now.heats[number * view.regionCount + region] as number) - was;
        if (growth > most) [most, fastest] = [growth, topic];
      }
      view.set(region, most);
      if (fastest !== '') view.note(region, fastest);
    }
  },
});

/** Age of the oldest post; −∞ without one. */
function hoursKnown(view: View): number {
  const table = view.table(opinionPost);
  const { alive, highWater } = table;
  const publishedAt = table.column('publishedAt');
  let hours = -Infinity;
  for (let slot = 0; slot < highWater; slot++) {
    const ageH = alive[slot] === 1 ? (view.now - publishedAt.get(slot)) / HOUR_MS : NaN;
    if (ageH > hours) hours = ageH;
  }
  return hours;
}
