// What the server knows of its feeds, asked once: names, protocols and the layers each of them writes.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import { askWorld } from './world.ts';

export interface FeedFacts {
  readonly id: string;
  readonly title: Title;
  readonly protocol: string;
  readonly licence: string;
  readonly writes: readonly string[];
}

/** Facts by feed id; empty until the server has answered. */
export const feedFacts = shallowRef<ReadonlyMap<string, FeedFacts>>(new Map());
let asked: Promise<void> | null = null;

/** Asks once; a server that does not answer is asked again by the next caller. */
export function loadFeedFacts(): Promise<void> {
  asked ??= fetchFeedFacts().then((facts) => {
    if (facts.size > 0) feedFacts.value = facts;
    else asked = null;
  });
  return asked;
}

/** Facts by feed id; empty while the server does not answer. */
export async function fetchFeedFacts(): Promise<ReadonlyMap<string, FeedFacts>> {
  const response = await askWorld('/api/feeds').catch(() => null);
  const body = response?.ok ? ((await response.json()) as FeedFacts[]) : [];
  return new Map(body.map((facts) => [facts.id, facts]));
}
