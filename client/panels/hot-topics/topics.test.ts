import { describe, expect, it } from 'vitest';
import { postsOf } from './post.fixture.ts';
import { topicsOf } from './topics.ts';

const NOW = Date.UTC(2026, 6, 15);

describe('topics of the last day', () => {
  it('stand by reactions, named after their most read post, with the share of negative ones', () => {
    const table = postsOf(
      [
        { topicId: 'a', title: '停水', reads: 10, interactions: 5, sentiment: -0.8, ageS: 60 },
        { topicId: 'a', title: '停水两天', reads: 90, interactions: 9, sentiment: 0.1, ageS: 120 },
        { topicId: 'a', title: '还没来水', reads: 20, interactions: 1, ageS: 30 },
        { topicId: 'b', title: '灯会', reads: 500, interactions: 40, ageS: 600 },
        { topicId: 'b', title: '去年灯会', reads: 9000, interactions: 999, ageS: 90_000 },
        { title: '没有话题', interactions: 5000, ageS: 10 },
      ],
      NOW,
    );
    expect(topicsOf(table, NOW)).toEqual([
      {
        id: 'b',
        key: 'p3',
        name: '灯会',
        posts: 1,
        interactions: 40,
        negative: null,
        newestAt: NOW - 600_000,
      },
      {
        id: 'a',
        key: 'p1',
        name: '停水两天',
        posts: 3,
        interactions: 15,
        negative: 0.5,
        newestAt: NOW - 30_000,
      },
    ]);
  });
  it('are none without posts', () => expect(topicsOf(null, NOW)).toEqual([]));
});
