import { title } from '../../../contracts/declare.ts';
import { STORY } from '../../stores/script.fixture.ts';
import { defineFixture } from '../panel.ts';
import type { Cover } from './cover.ts';
import PlayCover from './PlayCover.vue';

const local = title('说的是演示世界，没有来源状态', 'It speaks of a world: no feed is behind it');
const propsOf = (cover: Cover) => ({ cover, name: STORY.title.zh });
const world = (id: string) => ({
  ...{ id, kind: 'demo', title: STORY.title, scenario: STORY.slug, state: 'running', reason: null },
  clock: { at: 0, speed: 1, paused: false, startAt: 0, endAt: 36_000_000 },
});

export const fixture = defineFixture({
  view: PlayCover,
  props: (state) =>
    propsOf(
      state === 'off'
        ? { state: 'unavailable', reason: '这台服务器没有带模拟城市', leftS: null }
        : state === 'empty'
          ? { state: 'none' }
          : { state: 'starting' },
    ),
  never: { late: local, stale: local, down: local },
  more: {
    waiting: () => propsOf({ state: 'seeking', share: 0.4 }),
    failed: () => propsOf({ state: 'failed', reason: 'mock-feeds: 端口被占用', leftS: 24 }),
    done: () => propsOf({ state: 'ended', leftS: 9 }),
    partial: () => propsOf({ state: 'full', worlds: [world('a'), world('b')] as never }),
    outside: () => propsOf({ state: 'gone', leftS: null }),
  },
});
