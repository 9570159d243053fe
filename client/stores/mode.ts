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

const LEVELS: readonly string[] = ['I', 'II', 'III', 'IV'];
const rankOf = (level: string | null | undefined): number => {
  const rank = LEVELS.indexOf(level ?? '');
  return rank < 0 ? LEVELS.length : rank;
};
const breadthOf = (a: string, b: string): number => a.replace(/0+$/, '').length - b.replace(/0+$/, '').length;

/** Of each kind its gravest level: of `flood IV` and `flood III` the latter. */
function gravestOfEach(responses: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const one of responses) {
    const [kind = '', level] = one.split(' ');
    const known = found.get(kind);
    if (known === undefined || rankOf(level) < rankOf(known.split(' ')[1])) found.set(kind, one);
  }
  return [...found.values()];
}

/** null: nowhere. */
export function crisisIn(table: ModeTable | null): Crisis | null {
  const rows = table ? [...table.rows()].filter(({ values }) => values.mode === 'crisis') : [];
  if (rows.length === 0) return null;
  // The gravest gives its name, of equals the widest: codes of areas nest.
  rows.sort(
    (a, b) => rankOf(a.values.responseLevel) - rankOf(b.values.responseLevel) || breadthOf(a.key, b.key),
  );
  const levels = rows.flatMap(({ values }) => values.responseLevel ?? []);
  const since = rows.flatMap(({ values }) => values.sinceAt ?? []);
  return {
    areas: rows.map(({ key }) => key),
    names: rows.flatMap(({ values }) => values.name ?? []),
    titles: [...new Set(rows.flatMap(({ values }) => values.title ?? []))],
    responses: gravestOfEach(rows.flatMap(({ values }) => values.responses ?? [])),
    scene: rows.map(({ values }) => values.scene).find((scene) => scene != null) ?? null,
    responseLevel: LEVELS.find((level) => levels.includes(level as 'I')) ?? null,
    sinceAt: since.length === 0 ? null : Math.min(...since),
  };
}

export const crisis = computed(() => crisisIn(tableOf(mode)));
