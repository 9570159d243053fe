import { title } from '../../../contracts/declare.ts';
import { STORY } from '../../stores/script.fixture.ts';
import { defineFixture } from '../panel.ts';
import PresenterNotes from './PresenterNotes.vue';

const { notes, captions } = STORY;
const local = title('讲稿来自脚本，没有来源状态', 'Notes come from a script: no feed is behind them');

export const fixture = defineFixture({
  view: PresenterNotes,
  props: (state) =>
    state === 'empty'
      ? { notes: [], captions: [], atS: 0, speed: 1 }
      : { notes, captions, atS: 3600, speed: 60 },
  never: { late: local, stale: local, down: local, off: local },
  more: { done: () => ({ notes, captions, atS: 36_000, speed: 0 }) },
});
