// Rows for people: state of a layer and of a row, and a name for each.
import type { Column } from '../../contracts/column.ts';
import type { Layer, Row } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { feedHealth } from '../../contracts/layers/feed-health.ts';
import type { StateWord } from '../i18n/words.ts';
import { mirrors, tableOf } from './layers.ts';
import { cityNow, cursor } from './time.ts';

const LATE_PERIODS = 2;
const STALE_PERIODS = 4;

/** The state of one age against its period; event-driven things are quiet, not late. */
export function stateOfAge(ageS: number, periodS: number | null): StateWord {
  if (periodS === null) return 'live';
  if (ageS > periodS * STALE_PERIODS) return 'stale';
  return ageS > periodS * LATE_PERIODS ? 'late' : 'live';
}

/** State of a layer by its newest row; without rows it is not connected. */
export function layerState(slug: string): StateWord {
  if (cursor.value.absent.includes(slug)) return 'unrecorded';
  const mirror = mirrors.get(slug);
  if (!mirror || mirror.version.value < 0 || mirror.rows === 0) return 'off';
  if (mirror.layer.time === 'forecast') return 'live';
  if (mirror.layer.periodS === null) return 'quiet';
  return stateOfAge((cityNow.value - mirror.newestAt) / 1000, mirror.layer.periodS);
}

export interface FeedCount {
  readonly live: number;
  readonly total: number;
  readonly late: number;
}

/** How many feeds deliver; a quiet feed between events does. */
export function feedCount(): FeedCount {
  const table = tableOf(feedHealth);
  let live = 0;
  let late = 0;
  if (table) {
    for (let slot = 0; slot < table.highWater; slot++) {
      if (table.alive[slot] !== 1) continue;
      const state = table.column('state').get(slot);
      if (state === 'live' || state === 'quiet') live++;
      else late++;
    }
  }
  return { live, total: live + late, late };
}

const NAMES = ['name', 'title', 'headline', 'indicator', 'road', 'route'];

/** What a row is called, from the first text that names it; its key where nothing does. */
export function nameOf(table: LayerTable, slot: number): string {
  const { columns } = table.layer;
  for (const name of NAMES) {
    if (columns[name]?.type !== 'text') continue;
    const text = (table.column(name) as unknown as { get(slot: number): string | null }).get(slot);
    if (text) return text;
  }
  return table.keyAt(slot);
}

export function rowOf(layer: string, key: string): Row | null {
  const mirror = mirrors.get(layer);
  if (!mirror?.table || mirror.version.value < 0) return null;
  const slot = mirror.table.slotOf(key);
  return slot < 0 ? null : mirror.table.row(slot);
}

/** Columns worth a line for people: no shapes, no grids, no long texts. */
export function shownColumns(layer: Layer): [string, Column][] {
  return Object.entries<Column>(layer.columns).filter(
    ([, column]) => column.type !== 'geometry' && column.type !== 'cells' && column.detail !== true,
  );
}
