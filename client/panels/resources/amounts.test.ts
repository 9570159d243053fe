import { expect, it } from 'vitest';
import type { ItemView } from '../../../contracts/records/resource.ts';
import { amountOf, firstToEnd, outlookWord } from './amounts.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const boats: ItemView = { item: 'boats', now: 28, total: 30, held: 3, free: 27, outlook: null };
const going = (item: ItemView['item'], hours: number | null): ItemView => ({
  ...boats,
  item,
  outlook: { perHour: -4, emptyAt: hours === null ? null : NOW + hours * 3_600_000, reports: 6, since: NOW },
});

it('writes what is free of what there is', () => {
  expect(amountOf(boats, 'zh')).toBe('冲锋舟 27/30');
  expect(amountOf({ ...boats, total: null }, 'en')).toBe('Boats 27');
});

it('names the item that ends first, and keeps still and unknown apart', () => {
  expect(firstToEnd([going('tents', 9), going('quilts', 2), boats])?.of.item).toBe('quilts');
  expect(firstToEnd([boats, going('tents', null)])).toBeNull();
  expect([outlookWord([going('tents', null)]), outlookWord([boats])]).toEqual(['steady', 'unknown']);
});
