// Objects of one layer whose courses are laid beside that of the selected one.
import { reactive } from 'vue';

/** With the selected one no more than the lines a chart can tell apart. */
const MOST = 5;

const compared = reactive<{ layer: string; keys: readonly string[] }>({ layer: '', keys: [] });

/** Keys of a layer that are kept beside the selected one, in the order they were added. */
export const comparedIn = (layer: string): readonly string[] =>
  compared.layer === layer ? compared.keys : [];

/** Adds an object, or takes it away; one of another layer begins anew, and the oldest gives way. */
export function toggleCompared(layer: string, key: string): void {
  const keys = comparedIn(layer);
  compared.keys = keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key].slice(-MOST);
  compared.layer = layer;
}
