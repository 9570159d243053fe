// What the link this page was opened with said that this version cannot follow.
import { shallowRef } from 'vue';

/** Names of parameters that were ignored; empty where all was understood, or once people have read it. */
export const ignoredInLink = shallowRef<readonly string[]>([]);
