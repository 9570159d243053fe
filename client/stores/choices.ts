// How this screen wants each layer: coloured by which column, which rows, how opaque, in which order, alone or not.
import { computed, reactive, shallowReactive, watch } from 'vue';
import type { LayerTable } from '../../contracts/table.ts';
import { catalog } from '../catalog.ts';
import { NO_CHOICE, type Choice } from '../looks/choice.ts';
import { kindsByColumn } from '../looks/by-column.ts';
import type { Kind, Test } from '../looks/look.ts';
import { looks } from '../looks/looks.ts';
import { bindRows, type RowView } from '../looks/row-view.ts';
import { mirrors, tableOf } from './layers.ts';
import { visible } from './view.ts';

interface LayerChoice extends Choice {
  /** Column the layer is coloured by; null as its look says. */
  readonly by: string | null;
}

const NOTHING: LayerChoice = { ...NO_CHOICE, by: null };

const choices = shallowReactive(new Map<string, LayerChoice>());
const opacities = shallowReactive(new Map<string, number>());
/** Layers from the bottom to the top, as their looks say. */
const usualOrder: readonly string[] = [...looks.values()]
  .sort((a, b) => a.order - b.order)
  .map(({ layer }) => layer.slug);
const stacking = reactive({ slugs: [...usualOrder] });
const alone = reactive<{ slug: string | null; before: ReadonlyMap<string, boolean> }>({
  slug: null,
  before: new Map(),
});

export const choiceOf = (slug: string): LayerChoice => choices.get(slug) ?? NOTHING;
export const opacityOf = (slug: string): number => opacities.get(slug) ?? 1;
export const stackOf = (): readonly string[] => stacking.slugs;
export const soloOf = (): string | null => alone.slug;
/** Every choice that differs from the looks, by slug. */
export const chosen = computed<ReadonlyMap<string, Choice>>(() => new Map(choices));

/** The classes a layer is drawn in now. */
export const kindsOf = (slug: string): readonly Kind[] =>
  choiceOf(slug).kinds ?? looks.get(slug)?.kinds ?? [];

/** The rows of a layer as this screen chose them; depends on the choice, not on the rows. */
export const rowsOf = (slug: string, table: LayerTable): RowView =>
  bindRows(table, kindsOf(slug), choiceOf(slug).filter);

/** Colours a layer by a column; null goes back to its look. */
export function colourBy(slug: string, by: string | null): void {
  const layer = catalog.get(slug);
  const table = layer ? tableOf(layer) : null;
  const kinds = by !== null && table ? kindsByColumn(table, by) : null;
  choices.set(slug, { ...choiceOf(slug), by: kinds ? by : null, kinds });
}

/** Rows that fail one of the tests are left out of map, list and counts; none shows all. */
export function filterBy(slug: string, filter: readonly Test[]): void {
  choices.set(slug, { ...choiceOf(slug), filter });
}

/** The least a layer that is shown can be seen. */
const LEAST = 0.05;

export function setOpacity(slug: string, opacity: number): void {
  opacities.set(slug, Math.min(1, Math.max(LEAST, opacity)));
}

/** Moves a layer one place up (1) or down (−1) among those drawn. */
export function moveLayer(slug: string, by: 1 | -1): void {
  const { slugs } = stacking;
  const at = slugs.indexOf(slug);
  const other = slugs[at + by];
  if (at < 0 || other === undefined) return;
  slugs[at] = other;
  slugs[at + by] = slug;
}

/** Shows one layer alone; the same again, or null, brings the others back as they were. */
export function setSolo(slug: string | null): void {
  if (alone.slug !== null) for (const [other, was] of alone.before) visible.set(other, was);
  if (slug === null || slug === alone.slug) {
    alone.slug = null;
    return;
  }
  alone.before = new Map(visible);
  alone.slug = slug;
  for (const other of visible.keys()) visible.set(other, other === slug);
}

/** How every layer stands on this screen: what a share link, a bookmark and an undo keep. */
export interface LayerState {
  /** Slugs of the layers shown, in the order of the catalog; of a layer alone, those that come back after it. */
  readonly shown: readonly string[];
  readonly solo: string | null;
  /** What differs from the looks, by slug. */
  readonly opacities: ReadonlyMap<string, number>;
  readonly filters: ReadonlyMap<string, readonly Test[]>;
  readonly colours: ReadonlyMap<string, string>;
  /** From the bottom to the top; null as the looks say. */
  readonly order: readonly string[] | null;
}

/** The layers that are shown before anybody chose. */
export const shownAtStart: readonly string[] = [...catalog.keys()].filter(
  (slug) => looks.get(slug)?.shownAtStart ?? true,
);

export function layersNow(): LayerState {
  const before = alone.slug === null ? visible : alone.before;
  const isUsual = stacking.slugs.every((slug, at) => slug === usualOrder[at]);
  return {
    shown: [...catalog.keys()].filter((slug) => before.get(slug)),
    solo: alone.slug,
    opacities: new Map([...opacities].filter(([, opacity]) => opacity !== 1)),
    filters: new Map(
      [...choices].flatMap(([slug, { filter }]) => (filter.length > 0 ? [[slug, filter]] : [])),
    ),
    colours: new Map([...choices].flatMap(([slug, { by }]) => (by === null ? [] : [[slug, by]]))),
    order: isUsual ? null : [...stacking.slugs],
  };
}

/** Makes the layers of this screen stand like that. */
export function setLayers({ shown, solo, opacities: opaque, filters, colours, order }: LayerState): void {
  alone.slug = null;
  for (const slug of visible.keys()) visible.set(slug, shown.includes(slug));
  opacities.clear();
  for (const [slug, opacity] of opaque) setOpacity(slug, opacity);
  choices.clear();
  for (const [slug, filter] of filters) filterBy(slug, filter);
  for (const [slug, by] of colours) colourWhenKnown(slug, by);
  // A layer that the order does not name is newer than it.
  const named = new Set(order ?? []);
  stacking.slugs = [...(order ?? []), ...usualOrder.filter((slug) => !named.has(slug))];
  if (solo !== null) setSolo(solo);
}

/** Steps of numbers are made of the rows: before the first of them a colouring waits. */
function colourWhenKnown(slug: string, by: string): void {
  const stop = watch(
    () => mirrors.get(slug)?.rows ?? 0,
    (rows) => {
      if (rows === 0) return;
      queueMicrotask(() => stop());
      if (choiceOf(slug).by === null) colourBy(slug, by);
    },
    { immediate: true },
  );
}
