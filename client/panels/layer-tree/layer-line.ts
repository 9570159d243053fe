// One layer of the tree as it is drawn.
import type { Title } from '../../../contracts/column.ts';
import type { Layer, Topic } from '../../../contracts/layer.ts';
import { catalog, topics } from '../../catalog.ts';
import type { StateWord } from '../../i18n/words.ts';
import { looks } from '../../looks/looks.ts';
import type { Form } from '../../looks/sign.ts';
import { choiceOf, kindsOf } from '../../stores/choices.ts';
import { mirrors } from '../../stores/layers.ts';
import { isNews } from '../../stores/legend.ts';
import { layerState } from '../../stores/rows.ts';
import { session } from '../../stores/session.ts';
import { tallies } from '../../stores/sums.ts';
import { view, visible } from '../../stores/view.ts';

export interface LayerLine {
  readonly slug: string;
  readonly title: Title;
  readonly form: Form | null;
  readonly isShown: boolean;
  /** The list twin shows it. */
  readonly isListed: boolean;
  readonly total: number;
  /** Rows that pass the filter, else those people must look at; null where the total says it all. */
  readonly part: number | null;
  readonly isFiltered: boolean;
  /** 'forbidden': this page may not read it. */
  readonly state: StateWord | 'forbidden';
}

export interface TopicLines {
  readonly topic: Topic;
  readonly lines: readonly LayerLine[];
}

/** A layer without a place is listed on the data page, not on the map. */
export const placedLayers: readonly Layer[] = [...catalog.values()].filter(({ columns }) =>
  Object.values(columns).some(({ type }) => type === 'position' || type === 'geometry'),
);

export function lineOf({ slug, title }: Layer): LayerLine {
  const total = mirrors.get(slug)?.rows ?? 0;
  return {
    slug,
    title,
    form: looks.get(slug)?.form ?? null,
    isShown: visible.get(slug) ?? false,
    isListed: view.listed === slug,
    total,
    part: partOf(slug, total),
    isFiltered: choiceOf(slug).filter.length > 0,
    state: session.refused.has(slug) ? 'forbidden' : layerState(slug),
  };
}

function partOf(slug: string, total: number): number | null {
  const tally = tallies.get(slug);
  if (!tally) return null;
  if (choiceOf(slug).filter.length > 0) return tally.shown;
  const noted = kindsOf(slug).reduce((sum, kind, i) => sum + (isNews(kind) ? (tally.kinds[i] ?? 0) : 0), 0);
  return noted > 0 && noted < total ? noted : null;
}

/** Layers of each topic whose name or slug holds a text; topics without any are left out. */
export function groupsOf(layers: readonly Layer[], text: string): TopicLines[] {
  const wanted = text.trim().toLowerCase();
  const found = ({ title: { zh, en }, slug }: Layer): boolean =>
    `${zh} ${en} ${slug}`.toLowerCase().includes(wanted);
  return topics
    .map((topic) => ({
      topic,
      lines: layers.filter((layer) => layer.topic === topic && found(layer)).map(lineOf),
    }))
    .filter(({ lines }) => lines.length > 0);
}
