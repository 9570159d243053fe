import { title } from '../../../contracts/declare.ts';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: opinionPost,
  order: 18,
  shownAtStart: true,
  form: 'post',
  kinds: [
    {
      word: title('舆情 负面', 'Negative posts'),
      when: [{ column: 'sentiment', below: -0.25 }],
      tint: 'above',
    },
    {
      word: title('舆情 正面', 'Positive posts'),
      when: [{ column: 'sentiment', from: 0.25 }],
      tint: 'below',
    },
    { word: title('舆情 中性', 'Neutral posts'), when: [], tint: 'dim' },
  ],
  size: { farPx: 8, nearPx: 15 },
  zoom: [
    { belowM: heights.site, as: 'glyphs' },
    { belowM: heights.county, as: 'groups' },
    { belowM: Infinity, as: 'counts' },
  ],
  mix: true,
  facts: ['topicId', 'sentiment', 'reads', 'interactions', 'publishedAt'],
});
