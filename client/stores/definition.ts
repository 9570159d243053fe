// Which number's definition (口径) is open. A panel hands over how to tell it, so that it stays current while open.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { StateWord } from '../i18n/words.ts';

export interface Definition {
  readonly title: Title;
  /** null: there is no value. */
  readonly shown: { readonly text: string; readonly unit: string } | null;
  readonly state: StateWord | null;
  /** null: the server did not say. */
  readonly formula: Title | null;
  /** "≤ 4 正常 …" or null where there are none. */
  readonly limits: string | null;
  readonly inputs: readonly string[];
  readonly sources: readonly string[];
  /** The moment the value speaks of, epoch ms. */
  readonly at: number | null;
  readonly coveragePct: number | null;
  readonly oldestInputS: number | null;
  readonly version: string | null;
  readonly synthetic: boolean;
  readonly estimated: boolean;
}

export const told = shallowRef<(() => Definition) | null>(null);

export function tell(definition: () => Definition): void {
  told.value = definition;
}

export function closeDefinition(): void {
  told.value = null;
}
