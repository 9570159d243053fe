import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import type { Entry } from './entry.ts';
import type { ResultGroup } from './ResultList.vue';
import SearchView from './SearchView.vue';

const entry = (name: string, kind: string, group: Entry['group']): Entry => ({
  id: `fixture:${name}`,
  group,
  names: [name],
  latin: [],
  weight: 1,
  title: { zh: name, en: name },
  kind: title(kind, kind),
  note: title('甲区', 'County A'),
  target: { type: 'layer', slug: 'warning' },
});
const found: readonly ResultGroup[] = [
  { group: 'region', rows: [{ entry: entry('乙丙镇', '镇', 'region'), part: [0, 2] }] },
  {
    group: 'object',
    rows: [
      { entry: entry('乙丙水位站', '水位站', 'object'), part: [0, 2] },
      { entry: entry('乙丙水库', '水库', 'object'), part: [0, 2] },
    ],
  },
];
const local = title('在本页已有的名称中查找', 'Searches the names this page holds');

export const fixture = defineFixture({
  view: SearchView,
  props: (state) =>
    state === 'empty'
      ? { text: 'qqzz', groups: [], current: 0, nothing: true }
      : { text: '乙丙', groups: found, current: 1, nothing: false },
  never: { late: local, stale: local, down: local, off: local },
  more: {
    start: () => ({ text: '', groups: [], current: 0, nothing: false }),
    recent: () => ({
      text: '',
      groups: [{ group: 'recent', rows: found[1]?.rows ?? [] }],
      current: 0,
      nothing: false,
    }),
    waiting: () => ({ text: '乙丙', groups: [], current: 0, nothing: false }),
  },
});
