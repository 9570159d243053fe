// Feeds for people: live state from the feed-health layer, what was refused from the server on request.
import { feedHealth, type FeedReason } from '../../../contracts/layers/feed-health.ts';
import type { StateWord } from '../../i18n/words.ts';
import { tableOf } from '../../stores/layers.ts';
import { askWorld } from '../../stores/world.ts';

export interface FeedRow {
  readonly id: string;
  readonly name: string;
  readonly system: string;
  readonly state: StateWord;
  readonly reason: FeedReason;
  /** The technical message behind the reason; '' where there is none. */
  readonly detail: string;
  readonly periodS: number | null;
  readonly lastAt: number | null;
  readonly lagMs: number | null;
  readonly ratePerMin: number | null;
  readonly accepted: number | null;
  readonly rejected: number | null;
  /** Devices whose clocks are wrong while those of the feed are right. */
  readonly wrongClocks: number | null;
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Every feed by name; a state the server did not say is 未接入. */
export function feedRows(): FeedRow[] {
  const table = tableOf(feedHealth);
  if (!table) return [];
  const rows: FeedRow[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1) continue;
    const number = (
      name: 'periodS' | 'lastAt' | 'lagMs' | 'ratePerMin' | 'accepted' | 'rejected' | 'wrongClocks',
    ): number | null => orNull(table.column(name).get(slot));
    rows.push({
      id: table.keyAt(slot),
      name: table.column('name').get(slot) ?? table.keyAt(slot),
      system: table.column('system').get(slot) ?? '',
      state: table.column('state').get(slot) ?? 'off',
      reason: table.column('reason').get(slot) ?? 'none',
      detail: table.column('detail').get(slot) ?? '',
      periodS: number('periodS'),
      lastAt: number('lastAt'),
      lagMs: number('lagMs'),
      ratePerMin: number('ratePerMin'),
      accepted: number('accepted'),
      rejected: number('rejected'),
      wrongClocks: number('wrongClocks'),
    });
  }
  return rows.sort((a, b) => a.system.localeCompare(b.system) || a.id.localeCompare(b.id));
}

export interface QuarantineShelf {
  readonly feed: string;
  readonly code: string;
  readonly count: number;
  readonly lastAt: number;
  readonly samples: readonly { readonly at: number; readonly detail: string; readonly raw: string }[];
}

/** @throws Error with the status when the server does not answer */
export async function fetchShelves(feed: string): Promise<readonly QuarantineShelf[]> {
  const response = await askWorld(`/api/quarantine?feed=${encodeURIComponent(feed)}`);
  if (!response.ok) throw new Error(`/api/quarantine: ${response.status}`);
  const body = (await response.json()) as { shelves?: QuarantineShelf[] };
  return body.shelves ?? [];
}
