// What was chosen last, newest first, kept by the browser.
import { shallowRef } from 'vue';
import { keep, readKept } from '../../stores/kept.ts';

const MOST = 8;
const stored = readKept('search.recent');

/** Ids of entries. */
export const recent = shallowRef<readonly string[]>(
  Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MOST) : [],
);

export function remember(id: string): void {
  recent.value = [id, ...recent.value.filter((one) => one !== id)].slice(0, MOST);
  keep('search.recent', recent.value);
}

export function forgetRecent(): void {
  recent.value = [];
  keep('search.recent', []);
}
