import { title } from '../../../contracts/declare.ts';
import { STORY } from '../../stores/script.fixture.ts';
import { defineFixture } from '../panel.ts';
import ScenarioCards from './ScenarioCards.vue';

const local = title('列表现取现看，没有陈旧之说', 'The list is asked when it is shown: it is never old');
const list = [STORY, { ...STORY, slug: 'sample-leak', expectations: { total: 9, pending: 0 } }];
const ready = (value: readonly unknown[]) => ({ answer: { state: 'ready', value }, worlds: [] });

export const fixture = defineFixture({
  view: ScenarioCards,
  props: (state) =>
    state === 'off'
      ? { answer: { state: 'failed', reason: '这台服务器没有带模拟城市' }, worlds: [] }
      : ready(state === 'empty' ? [] : list),
  never: { late: local, stale: local, down: local },
  more: {
    waiting: () => ({ answer: null, worlds: [] }),
    failed: () => ({ answer: { state: 'failed', reason: 'HTTP 500' }, worlds: [] }),
  },
});
