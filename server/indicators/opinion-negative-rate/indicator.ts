import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

/** Sentiment below this is negative. */
const NEGATIVE = -0.25;

export default defineIndicator({
  slug: 'opinion-negative-rate',
  version: 1,
  title: { zh: '负面信息占比', en: 'Share of negative posts' },
  unit: { zh: '%', en: '%' },
  sign: 'public-opinion',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([15, 25, 40], { best: 0, worst: 100 }),
  periodS: 600,
  inputs: [opinionPost],
  formula: {
    zh: '24小时内情感值低于−0.25的信息条数 / 有情感值的信息条数。',
    en: 'Posts of the last 24 h with a sentiment below −0.25 / posts with a sentiment.',
  },
  systems: ['x-opinion'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const sentiment = view.table(opinionPost).column('sentiment');
    view.scan(opinionPost, (slot, region) => {
      const value = sentiment.get(slot);
      if (Number.isNaN(value)) return false;
      view.add(region, value < NEGATIVE ? 1 : 0);
      return true;
    });
  },
});
