// Heat of public topics: a design of this product, testable by its vectors.
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import type { View } from '../define.ts';

export const HOUR_MS = 3_600_000;
/** An item loses half of its heat in this time. */
const HALF_LIFE_H = 6;
const WINDOW_H = 24;
/** From this heat on a topic is hot. */
export const HOT = 60;
/** Weight of a platform; sources of the plan: micro-blogs 1, public accounts 1.2, short video 1.5, forums 0.8, local media 1.5. */
const WEIGHTS = { weibo: 1, wechat: 1.2, douyin: 1.5, toutiao: 1, forum: 0.8, news: 1.5 } as const;
/** Posts without a topic are no topic together. */
const NO_TOPIC = -1;

/** h = w·(1 + ln(1 + reads/1000) + 0.5·ln(1 + interactions/10))·2^(−age/6 h). */
export function itemHeat(item: {
  weight: number;
  reads: number;
  interactions: number;
  ageH: number;
}): number {
  const { weight, reads, interactions, ageH } = item;
  const attention = 1 + Math.log(1 + reads / 1000) + 0.5 * Math.log(1 + interactions / 10);
  return weight * attention * 2 ** (-ageH / HALF_LIFE_H);
}

/** heat = min(100, 25·log₁₀(1 + S)), to 0.1. */
export const topicHeat = (sum: number): number =>
  Math.round(10 * Math.min(100, 25 * Math.log10(1 + sum))) / 10;

export interface TopicHeats {
  readonly topics: readonly string[];
  /** [topic × regionCount + region], 0–100. Region 0 counts all posts. */
  readonly heats: Float64Array;
}

/** Which posts count: of this many hours, ended so many hours ago. */
export interface HeatSpan {
  readonly hours: number;
  readonly endedHoursAgo: number;
}

const LAST_DAY: HeatSpan = { hours: WINDOW_H, endedHoursAgo: 0 };

/** Sums the posts of the span by topic and region, as old as they were at its end; marks the coverage of the view. */
export function scanTopicHeats(view: View, { hours, endedHoursAgo } = LAST_DAY): TopicHeats {
  const table = view.table(opinionPost);
  const [topicOf, platform, reads] = [
    table.column('topicId'),
    table.column('platform'),
    table.column('reads'),
  ];
  const [interactions, publishedAt] = [table.column('interactions'), table.column('publishedAt')];
  const numbers = new Map<string, number>();
  const sums: number[] = [];
  const numberOf = (topic: string | null): number => {
    if (topic === null) return NO_TOPIC;
    const known = numbers.get(topic);
    if (known !== undefined) return known;
    numbers.set(topic, numbers.size);
    for (let region = 0; region < view.regionCount; region++) sums.push(0);
    return numbers.size - 1;
  };
  const item = { weight: 0, reads: 0, interactions: 0, ageH: 0 };
  view.scan(opinionPost, (slot, region) => {
    const code = platform.get(slot);
    const ageH = (view.now - publishedAt.get(slot)) / HOUR_MS - endedHoursAgo;
    if (code === null || Number.isNaN(ageH)) return false;
    const topic = numberOf(topicOf.get(slot));
    // One that is stamped a little ahead of us is new; one from after the span was not there yet.
    if (topic === NO_TOPIC || ageH > hours || (ageH < 0 && endedHoursAgo > 0)) return true;
    item.weight = WEIGHTS[code];
    item.reads = reads.get(slot) || 0;
    item.interactions = interactions.get(slot) || 0;
    item.ageH = Math.max(0, ageH);
    const heat = itemHeat(item);
    const at = topic * view.regionCount;
    sums[at] = (sums[at] as number) + heat;
    if (region > 0) sums[at + region] = (sums[at + region] as number) + heat;
    return true;
  });
  return { topics: [...numbers.keys()], heats: Float64Array.from(sums, topicHeat) };
}
