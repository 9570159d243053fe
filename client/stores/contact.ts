// Whether the feeds behind a row or a layer still answer: without that, "none" would be a guess.
import { feedHealth } from '../../contracts/layers/feed-health.ts';
import type { StateWord } from '../i18n/words.ts';
import { feedFacts } from './feed-facts.ts';
import { mirrors, tableOf } from './layers.ts';
import { stateOfAge } from './rows.ts';
import { session } from './session.ts';
import { cursor } from './time.ts';

/** State of a feed by its id; null where it never reported. */
export type FeedStates = (feed: string) => StateWord | null;

export const feedStateOf: FeedStates = (feed) => {
  const table = tableOf(feedHealth);
  const slot = table?.slotOf(feed) ?? -1;
  return table && slot >= 0 ? table.column('state').get(slot) : null;
};

/** State of one row: a broken feed counts before the age, because its last value only looks young. */
export function rowState(
  row: { readonly validAt: number; readonly source: string },
  periodS: number | null,
  at: { readonly now: number; readonly feeds: FeedStates },
): StateWord {
  if (at.feeds(row.source) === 'down') return 'down';
  return stateOfAge((at.now - row.validAt) / 1000, periodS);
}

const BEST_FIRST = ['live', 'quiet', 'degraded', 'late', 'connecting', 'stale', 'down', 'off'] as const;

export const bestOf = (states: readonly StateWord[]): StateWord =>
  BEST_FIRST.find((state) => states.includes(state)) ?? 'off';

/**
 * The best state of the feeds that write a layer. A quiet feed that never called since the start proves nothing: it is
 * 'off', as where no feed is known, unless there are rows.
 */
export function layerContact(slug: string): StateWord {
  if (cursor.value.absent.includes(slug)) return 'unrecorded';
  const writers = [...feedFacts.value.values()].filter(({ writes }) => writes.includes(slug));
  const state = bestOf(writers.map(({ id }) => contactOf(id)));
  const mirror = mirrors.get(slug);
  const hasRows = mirror !== undefined && mirror.version.value >= 0 && mirror.rows > 0;
  return state === 'off' && hasRows ? 'quiet' : state;
}

function contactOf(feed: string): StateWord {
  const table = tableOf(feedHealth);
  const slot = table?.slotOf(feed) ?? -1;
  if (!table || slot < 0) return 'off';
  const state = table.column('state').get(slot) ?? 'off';
  return state === 'quiet' && table.column('lastOkAt').value(slot) === null ? 'off' : state;
}

/** What a panel that lives of one layer has to say of it; 'forbidden': this page may not read it. */
export type PanelState = StateWord | 'waiting' | 'forbidden';

export function panelState(slug: string): PanelState {
  if (session.refused.has(slug)) return 'forbidden';
  const mirror = mirrors.get(slug);
  const isSilent = mirror !== undefined && mirror.version.value >= 0 && mirror.table === null;
  if (isSilent && session.link === 'connecting') return 'waiting';
  return layerContact(slug);
}

/** Whether there is anything to count: otherwise the state is said instead, and no number. */
export const hasNumbers = (state: PanelState): boolean =>
  !['off', 'down', 'waiting', 'forbidden', 'unrecorded'].includes(state);
