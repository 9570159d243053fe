// The legend of what is on show: for each visible layer what can be seen at this height, the worst first, with counts.
import type { Kind, Look, Representation } from '../looks/look.ts';
import { representationAt } from '../looks/look.ts';
import { isSeverity } from '../looks/sign.ts';
import type { Tally } from '../shapes.ts';

export type LegendRow =
  | { readonly as: 'kind'; readonly look: Look; readonly kind: Kind; readonly count: number }
  /** Kinds of a layer that is grouped or only counted, as shares of its groups. */
  | { readonly as: 'layer'; readonly look: Look; readonly drawn: Representation; readonly count: number }
  | { readonly as: 'steps'; readonly look: Look };

export interface LegendLayer {
  readonly look: Look;
  readonly kinds: readonly Kind[];
  readonly tally: Tally;
}

/** Whether people must look at rows of a class. */
export const isNews = ({ tint, ringed }: Kind): boolean => ringed === true || isSeverity(tint);

/** What is the matter leaves room for what else is drawn. */
const MOST_NEWS = 5;

/** Rows of the legend, at most `most`: first what is the matter, then one row a layer, the topmost layer first. */
export function legendRows(layers: readonly LegendLayer[], heightM: number, most: number): LegendRow[] {
  const news: LegendRow[] = [];
  const rest: LegendRow[] = [];
  for (const { look, kinds, tally } of layers) {
    kinds.forEach((kind, index) => {
      const count = tally.kinds[index] ?? 0;
      if (count > 0 && isNews(kind)) news.push({ as: 'kind', look, kind, count });
    });
    const row = calmRow({ look, kinds, tally }, heightM);
    if (row) rest.push(row);
  }
  const calm = [...rest.filter(({ as }) => as === 'steps'), ...rest.filter(({ as }) => as !== 'steps')];
  return [...news.slice(0, Math.max(MOST_NEWS, most - calm.length)), ...calm].slice(0, most);
}

function calmRow({ look, kinds, tally }: LegendLayer, heightM: number): LegendRow | null {
  const drawn = representationAt(look, heightM);
  if (tally.shown === 0 || drawn === 'hidden') return null;
  if (look.drawnAs === 'grid' || drawn === 'heat') return { as: 'steps', look };
  // Lines and areas without anything the matter are not drawn.
  if (look.drawnAs === 'line' || look.drawnAs === 'hatch') return null;
  if (drawn === 'groups' || drawn === 'counts') {
    const over = kinds.reduce((sum, kind, at) => sum + (kind.over ? (tally.kinds[at] ?? 0) : 0), 0);
    return tally.shown > over ? { as: 'layer', look, drawn, count: tally.shown - over } : null;
  }
  const index = kinds.findLastIndex((kind, at) => !isNews(kind) && (tally.kinds[at] ?? 0) > 0);
  const kind = kinds[index];
  return kind ? { as: 'kind', look, kind, count: tally.kinds[index] ?? 0 } : null;
}
