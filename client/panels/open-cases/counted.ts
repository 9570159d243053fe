// The definition of a count that this page makes itself from the rows it holds.
import { title } from '../../../contracts/declare.ts';
import type { Layer } from '../../../contracts/layer.ts';
import type { Definition } from '../../stores/definition.ts';
import { feedFacts } from '../../stores/feed-facts.ts';
import { say } from '../../stores/session.ts';
import type { StateWord } from '../../i18n/words.ts';

interface Counted {
  readonly total: number;
  readonly contact: StateWord;
  readonly newestAt: number | null;
  /** What the count is made of, in words. */
  readonly parts: readonly string[];
}

/** `base`: what is known of the indicator of the same meaning. */
export function countedFrom(
  base: Definition,
  layer: Pick<Layer, 'slug' | 'title'>,
  { total, contact, newestAt, parts }: Counted,
): Definition {
  const writers = [...feedFacts.value.values()].filter(({ writes }) => writes.includes(layer.slug));
  const known = contact !== 'off' && contact !== 'down';
  return {
    ...base,
    shown: known ? { text: String(total), unit: '' } : null,
    state: contact,
    formula: title('本页收到的、状态不是结束或办结的条数', 'Rows on this page whose status is not closed'),
    limits: null,
    inputs: known ? [say(layer.title), ...parts] : [say(layer.title)],
    sources: writers.map((feed) => `${say(feed.title)} · ${feed.protocol}`),
    at: newestAt,
    coveragePct: null,
    oldestInputS: null,
    version: null,
  };
}
