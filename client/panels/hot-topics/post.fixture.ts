import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { PostTable } from './topics.ts';

type Values = Parameters<PostTable['put']>[0]['values'];

export function postsOf(
  list: readonly (Partial<Values> & { readonly ageS: number })[],
  now: number,
): PostTable {
  const table = new LayerTable(opinionPost);
  const none = Object.fromEntries(Object.keys(opinionPost.columns).map((name) => [name, null])) as Values;
  for (const [i, { ageS, ...values }] of list.entries()) {
    table.put({
      key: `p${i}`,
      validAt: now - ageS * 1000,
      regionCode: '',
      quality: 'good',
      source: 'opinion',
      synthetic: true,
      values: { ...none, publishedAt: now - ageS * 1000, ...values },
    });
  }
  return table;
}
