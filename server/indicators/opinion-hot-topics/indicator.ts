import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';
import { HOT, scanTopicHeats } from '../standards/opinion-heat.ts';

export default defineIndicator({
  slug: 'opinion-hot-topics',
  version: 1,
  title: { zh: '热点话题数（热度≥60）', en: 'Hot topics (heat ≥ 60)' },
  unit: { zh: '个', en: '' },
  sign: 'public-opinion',
  key: false,
  direction: 'down',
  limits: limitsFrom2024([1, 3, 5], { best: 0 }),
  periodS: 3600,
  inputs: [opinionPost],
  formula: {
    zh: '24小时内热度不低于60的话题数；一个话题在几个区县都热时全市只计一次。',
    en: 'Topics with a heat of 60 or more in 24 h; a topic hot in several counties counts once for the city.',
  },
  systems: ['x-opinion'],
  granularity: 'county',
  aggregate: 'FORMULA',
  evaluate(view) {
    const { topics, heats } = scanTopicHeats(view);
    for (let region = 0; region < view.regionCount; region++) {
      let count = 0;
      for (let topic = 0; topic < topics.length; topic++) {
        if ((heats[topic * view.regionCount + region] as number) >= HOT) count++;
      }
      view.set(region, count);
    }
  },
});
