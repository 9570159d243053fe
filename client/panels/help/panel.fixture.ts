import { title } from '../../../contracts/declare.ts';
import type { Command } from '../../stores/commands.ts';
import { defineFixture } from '../panel.ts';
import KeyGroups from './KeyGroups.vue';

const commands: readonly Command[] = [
  { id: 'a', group: 'find', title: title('查找地点', 'Find a place'), keys: ['ctrl+k', '/'], run: null },
  { id: 'b', group: 'map', title: title('移动地图', 'Move the map'), keys: [], shown: ['↑', '↓'], run: null },
  { id: 'c', group: 'window', title: title('关闭', 'Close'), keys: ['escape'], run: null },
];
const local = title('按键由本页登记，没有来源', 'Keys are of this page: no feed is behind them');

export const fixture = defineFixture({
  view: KeyGroups,
  props: (state) => ({ commands: state === 'empty' ? [] : commands }),
  never: { late: local, stale: local, down: local, off: local },
});
