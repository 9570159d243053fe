import { title } from '../../../contracts/declare.ts';
import { STORY } from '../../stores/script.fixture.ts';
import { defineFixture } from '../panel.ts';
import ChapterList from './ChapterList.vue';

const local = title('章节来自脚本，没有来源状态', 'Chapters come from a script: no feed is behind them');

export const fixture = defineFixture({
  view: ChapterList,
  props: (state) => ({ chapters: state === 'empty' ? [] : STORY.chapters, current: 1, zeroS: 7200 }),
  never: { late: local, stale: local, down: local, off: local },
  more: { start: () => ({ chapters: STORY.chapters, current: -1, zeroS: 7200 }) },
});
