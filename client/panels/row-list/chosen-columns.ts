// Which columns people chose to see, by layer, kept by the browser.
import { shallowRef } from 'vue';
import type { Layer } from '../../../contracts/layer.ts';
import { keep, readKept } from '../../stores/kept.ts';
import { listColumns, SHOWN_AT_START } from './list.ts';

const NAME = 'list.columns';
const stored = readKept(NAME);
const chosen = shallowRef<Readonly<Record<string, readonly string[]>>>(
  typeof stored === 'object' && stored !== null ? (stored as Record<string, readonly string[]>) : {},
);

/** Names of the columns shown, in the order of the layer. */
export function shownNames(layer: Layer): readonly string[] {
  const all = listColumns(layer).map(([name]) => name);
  const wanted = chosen.value[layer.slug];
  return Array.isArray(wanted) ? all.filter((name) => wanted.includes(name)) : all.slice(0, SHOWN_AT_START);
}

export function toggleColumn(layer: Layer, name: string): void {
  const now = shownNames(layer);
  const next = now.includes(name) ? now.filter((one) => one !== name) : [...now, name];
  chosen.value = { ...chosen.value, [layer.slug]: next };
  keep(NAME, chosen.value);
}
