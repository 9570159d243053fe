import { title } from '../../../contracts/declare.ts';
import { looks } from '../../looks/looks.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import NoteView from './NoteView.vue';

const look = looks.get('reservoir') ?? null;
const none = title('指着的地方没有对象就没有提示', 'Where nothing is pointed at there is no note');

const propsIn = (state: FixtureState) => ({
  group: null,
  name: '乙水库',
  look,
  kind: look?.kinds[0] ?? null,
  state,
  spark: null,
});

export const fixture = defineFixture({
  view: NoteView,
  props: propsIn,
  never: { off: none, empty: none },
  more: { group: () => ({ ...propsIn('live'), group: { title: '工单', count: 1284 } }) },
});
