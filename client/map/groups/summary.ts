// What the worker makes of whole layers for the page: groups, density, counts by county, and the tally of the legend.
import type { LayerTable } from '../../../contracts/table.ts';
import type { Choice } from '../../looks/choice.ts';
import type { Look } from '../../looks/look.ts';
import { NO_KIND, bindAll, bindKinds } from '../../looks/match.ts';
import type { Aim, GroundBox, Sum, Tally } from '../../shapes.ts';
import { densityOf, encodeSteps } from './density.ts';
import type { GroupGrid, Points } from './group-grid.ts';

/** Digits of a region code that name the county. */
const COUNTY_DIGITS = 6;

export interface Summed {
  readonly look: Look;
  readonly table: LayerTable;
  readonly points: Points;
  readonly choice: Choice;
}

export interface SumGround {
  /** Local clock in seconds. */
  readonly nowS: number;
  /** Cells of a density over the city. */
  readonly box: GroundBox;
  /** The grid of this layer. */
  readonly grid: GroupGrid;
}

export function sumUp(layer: Summed, aim: Aim, { nowS, box, grid }: SumGround): Sum {
  const { slug } = layer.look.layer;
  switch (aim.as) {
    case 'groups': {
      const records = grid.group(layer.points, { ...aim, nowS, isOver: overIn(layer) });
      return { slug, as: 'groups', records };
    }
    case 'heat': {
      const cells = encodeSteps(densityOf(layer.points, box, nowS), layer.look.steps?.from ?? [1, 10]);
      return { slug, as: 'heat', cells, box };
    }
    case 'counts':
      return { slug, as: 'counts', regions: countiesOf(layer) };
  }
}

/** Which rows are done with; null where the layer knows no such class. */
function overIn({ look, table, choice }: Omit<Summed, 'points'>): ((slot: number) => boolean) | null {
  const kinds = choice.kinds ?? look.kinds;
  if (!kinds.some(({ over }) => over)) return null;
  const kindOf = bindKinds(table, kinds);
  return (slot) => kinds[kindOf(slot)]?.over === true;
}

/** Rows by county that are not done with; rows outside every county are left out. */
export function countiesOf(layer: Omit<Summed, 'points'>): [string, number][] {
  const { table, choice } = layer;
  const passes = bindAll(table, choice.filter);
  const isOver = overIn(layer);
  const { region } = table.stores;
  const byWord = new Uint32Array(region.words.length);
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || !passes(slot) || isOver?.(slot)) continue;
    const word = region.data[slot] as number;
    byWord[word] = (byWord[word] as number) + 1;
  }
  const counties = new Map<string, number>();
  byWord.forEach((count, word) => {
    const code = (region.words[word] ?? '').slice(0, COUNTY_DIGITS);
    if (count > 0 && code !== '') counties.set(code, (counties.get(code) ?? 0) + count);
  });
  return [...counties];
}

/** Rows of a layer by class. */
export function tallyOf(look: Look, table: LayerTable, choice: Choice): Tally {
  const kinds = choice.kinds ?? look.kinds;
  const kindOf = bindKinds(table, kinds);
  const passes = bindAll(table, choice.filter);
  const counts = new Array<number>(kinds.length).fill(0);
  let shown = 0;
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || !passes(slot)) continue;
    shown++;
    const kind = kindOf(slot);
    if (kind !== NO_KIND) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return { slug: look.layer.slug, total: table.size, shown, kinds: counts };
}
