import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import TopicLines from './TopicLines.vue';
import { postsOf } from './post.fixture.ts';
import { topicsOf } from './topics.ts';

const list = [
  {
    topicId: 'a',
    title: '城南片区停水两天，什么时候能恢复供水',
    reads: 900,
    interactions: 320,
    sentiment: -0.6,
    ageS: 600,
  },
  { topicId: 'a', title: '停水', reads: 90, interactions: 41, sentiment: 0.2, ageS: 1200 },
  { topicId: 'b', title: '滨江灯会', reads: 5000, interactions: 188, ageS: 7200 },
];
const propsIn = (state: PanelState, posts: typeof list) => ({
  topics: topicsOf(postsOf(posts, FIXTURE_NOW), FIXTURE_NOW),
  most: 5,
  state,
  now: FIXTURE_NOW,
});

export const fixture = defineFixture({
  view: TopicLines,
  props: (state) => (state === 'empty' ? propsIn('quiet', []) : propsIn(state, list)),
  more: {
    partial: () => propsIn('degraded', list.slice(2)),
    waiting: () => propsIn('waiting', []),
    forbidden: () => propsIn('forbidden', []),
  },
});
