// What can be found: how it is shown, and what choosing it does.
import type { LonLat, Title } from '../../../contracts/column.ts';
import type { Named } from '../../search/named.ts';

export const searchGroups = ['region', 'place', 'object', 'mover', 'layer', 'command'] as const;
export type SearchGroup = (typeof searchGroups)[number];

export interface Entry extends Named {
  readonly group: SearchGroup;
  readonly title: Title;
  readonly kind: Title;
  /** What else tells it from others of its name: the county, keys. */
  readonly note: Title | null;
  readonly target:
    | { readonly type: 'place'; readonly at: LonLat; readonly rangeM: number }
    | { readonly type: 'row'; readonly layer: string; readonly key: string }
    | { readonly type: 'layer'; readonly slug: string }
    | { readonly type: 'command'; readonly id: string };
}
