// What a resource holds, and how it goes, in words. Pure.
import type { ItemView, Outlook } from '../../../contracts/records/resource.ts';
import { resourceItems } from '../../../contracts/records/resource.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { Locale } from '../../stores/session.ts';

/** 冲锋舟 27/30, less what bookings hold. */
export function amountOf({ item, free, total }: ItemView, locale: Locale): string {
  const of = total === null ? '' : `/${formatNumber(total, 1, locale)}`;
  return `${resourceItems[item][locale]} ${formatNumber(free, 1, locale)}${of}`;
}

/** The item that ends first; null: none goes down so that an end is known. */
export function firstToEnd(items: readonly ItemView[]): (Outlook & { readonly of: ItemView }) | null {
  const ends = items.flatMap((of) => (of.outlook?.emptyAt ? [{ ...of.outlook, of }] : []));
  return ends.sort((a, b) => (a.emptyAt ?? 0) - (b.emptyAt ?? 0))[0] ?? null;
}

/** Why no end is said: every item stands still, or reports say too little. */
export const outlookWord = (items: readonly ItemView[]): 'steady' | 'unknown' =>
  items.every(({ outlook }) => outlook !== null) ? 'steady' : 'unknown';
