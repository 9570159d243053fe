// Public posts of the last day by topic, those most reacted to first.
import type { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import type { LayerTable } from '../../../contracts/table.ts';

export type PostTable = LayerTable<(typeof opinionPost)['columns']>;

export interface Topic {
  readonly id: string;
  /** Title of its most read post. */
  readonly name: string;
  /** Key of that post. */
  readonly key: string;
  readonly posts: number;
  readonly interactions: number;
  /** Share of posts below −0.25 among those with a sentiment; null: none has one. */
  readonly negative: number | null;
  readonly newestAt: number;
}

const DAY_MS = 86_400_000;
/** As the indicator of the negative share counts them. */
const NEGATIVE_BELOW = -0.25;

interface Sum {
  key: string;
  name: string;
  reads: number;
  posts: number;
  interactions: number;
  judged: number;
  negative: number;
  newestAt: number;
}

/** A post without a topic is left out: it is no topic of its own. */
export function topicsOf(table: PostTable | null, now: number): readonly Topic[] {
  const sums = new Map<string, Sum>();
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1) continue;
    const id = table.column('topicId').value(slot);
    const at = table.column('publishedAt').value(slot) ?? table.validAt[slot] ?? 0;
    if (!id || now - at > DAY_MS) continue;
    const sum = sums.get(id) ?? {
      key: '',
      name: id,
      reads: -1,
      posts: 0,
      interactions: 0,
      judged: 0,
      negative: 0,
      newestAt: 0,
    };
    const reads = table.column('reads').value(slot) ?? 0;
    if (reads > sum.reads) {
      sum.key = table.keyAt(slot);
      sum.name = table.column('title').value(slot) ?? id;
      sum.reads = reads;
    }
    const sentiment = table.column('sentiment').value(slot);
    sum.posts++;
    sum.interactions += table.column('interactions').value(slot) ?? 0;
    sum.judged += sentiment === null ? 0 : 1;
    sum.negative += sentiment !== null && sentiment < NEGATIVE_BELOW ? 1 : 0;
    sum.newestAt = Math.max(sum.newestAt, at);
    sums.set(id, sum);
  }
  return [...sums]
    .map(([id, { key, name, posts, interactions, judged, negative, newestAt }]) => ({
      id,
      key,
      name,
      posts,
      interactions,
      negative: judged === 0 ? null : negative / judged,
      newestAt,
    }))
    .sort((a, b) => b.interactions - a.interactions || b.posts - a.posts);
}
