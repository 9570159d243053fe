import { catalog } from '../../catalog.ts';
import type { StateWord } from '../../i18n/words.ts';
import { looks } from '../../looks/looks.ts';
import { defineFixture } from '../panel.ts';
import type { LayerLine } from './layer-line.ts';
import TreeView from './TreeView.vue';

const slugs = ['reservoir', 'road-speed', 'vehicle-position', 'ticket', 'warning'];

const lineIn = (slug: string, state: LayerLine['state'], i: number): LayerLine => ({
  slug,
  title: catalog.get(slug)?.title ?? { zh: slug, en: slug },
  form: looks.get(slug)?.form ?? null,
  isShown: i !== 2,
  isListed: i === 1,
  total: state === 'off' || state === 'forbidden' ? 0 : 12_840 - i * 3_100,
  part: state !== 'off' && i === 3 ? 17 : null,
  isFiltered: false,
  state,
});
const propsIn = (states: readonly LayerLine['state'][]) => ({
  typed: '',
  groups: [{ topic: 'environment', lines: states.map((state, i) => lineIn(slugs[i] ?? '', state, i)) }],
  alone: null,
  opened: null,
  leftOut: 0,
  canUndo: false,
  picks: true,
  compact: false,
});
const all = (state: StateWord): StateWord[] => slugs.map(() => state);

export const fixture = defineFixture({
  view: TreeView,
  props: (state) => (state === 'empty' ? { ...propsIn([]), typed: '丙', groups: [] } : propsIn(all(state))),
  more: {
    partial: () => propsIn(['live', 'late', 'stale', 'quiet', 'off']),
    chosen: () => ({ ...propsIn(all('live')), alone: catalog.get('reservoir')?.title, canUndo: true }),
    waiting: () => propsIn(all('connecting')),
    forbidden: () => propsIn(['live', 'forbidden']),
    compact: () => ({ ...propsIn(all('live')), picks: false, compact: true, leftOut: 3 }),
  },
});
