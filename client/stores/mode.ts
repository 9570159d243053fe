// 平时 or 战时 out of the layer `mode`: where, since when, at which response level.
import { computed } from 'vue';
import { mode } from '../../contracts/layers/mode.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { tableOf } from './layers.ts';

export type ModeTable = LayerTable<(typeof mode)['columns']>;

export interface Crisis {
  /** Codes of the areas in crisis; the whole city where it is one of them. */
  readonly areas: readonly string[];
  readonly names: readonly string[];
  /** What people call it, the gravest first; empty: not said. */
  readonly titles: readonly string[];
  /** `flood III`: kind of incident and level of each response. */
  readonly responses: readonly string[];
  /** Scene that walls are led to; null: each keeps its own. */
  readonly scene: string | null;
  /** Roman numeral of the highest level; null: no response is active. */
  readonly responseLevel: string | null;
  /** The earliest beginning, epoch ms; null: not said. */
  readonly sinceAt: number | null;
}

/** null: nowhere. */
export function crisisIn(table: ModeTable | null): Crisis | null {
  const rows = table ? [...table.rows()].filter(({ values }) => values.mode === 'crisis') : [];
  if (rows.length === 0) return null;
  const levels = rows.flatMap(({ values }) => values.responseLevel ?? []);
  const since = rows.flatMap(({ values }) => values.sinceAt ?? []);
  return {
    areas: rows.map(({ key }) => key),
    names: rows.flatMap(({ values }) => values.name ?? []),
    titles: [...new Set(rows.flatMap(({ values }) => values.title ?? []))],
    responses: [...new Set(rows.flatMap(({ values }) => values.responses ?? []))],
    scene: rows.map(({ values }) => values.scene).find((scene) => scene != null) ?? null,
    responseLevel: ['I', 'II', 'III', 'IV'].find((level) => levels.includes(level as 'I')) ?? null,
    sinceAt: since.length === 0 ? null : Math.min(...since),
  };
}

export const crisis = computed(() => crisisIn(tableOf(mode)));
