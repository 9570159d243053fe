// Warnings in force, as people count them: one a bulletin, the worst first. Exercises and tests are none.
import type { warning } from '../../contracts/layers/warning.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Severity } from './indicators.ts';

export type WarningTable = LayerTable<(typeof warning)['columns']>;

export interface OpenWarning {
  /** Key of its first row. */
  readonly key: string;
  /** Of all its rows. */
  readonly keys: readonly string[];
  /** Identifier of the bulletin, as its sender gave it. */
  readonly bulletin: string;
  readonly source: string;
  readonly headline: string;
  readonly event: string;
  /** null: the sender did not say. */
  readonly level: Severity | null;
  /** Codes of counties, without repetition. */
  readonly regions: readonly string[];
  /** Names as the sender wrote them, for areas that are no county of this city. */
  readonly areas: readonly string[];
  readonly sentAt: number | null;
  /** null: until cancelled. */
  readonly expiresAt: number | null;
  readonly synthetic: boolean;
}

const WORST_FIRST: readonly (Severity | null)[] = ['red', 'orange', 'yellow', 'blue', null];
export const rankOf = (level: Severity | null): number => WORST_FIRST.indexOf(level);

/** The worst of some levels; null where there is none. */
export const worstOf = (levels: readonly (Severity | null)[]): Severity | null =>
  [...levels].sort((a, b) => rankOf(a) - rankOf(b))[0] ?? null;

/** Worst first, then newest. `now`: city clock, epoch ms. */
export function openWarnings(table: WarningTable | null, now: number): readonly OpenWarning[] {
  const byBulletin = new Map<string, OpenWarning>();
  if (!table) return [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || !inForce(table, slot, now)) continue;
    const bulletin = bulletinAt(table, slot);
    const row = warningAt(table, slot);
    const before = byBulletin.get(bulletin);
    byBulletin.set(bulletin, before ? joined(before, row) : row);
  }
  return [...byBulletin.values()].sort(
    (a, b) => rankOf(a.level) - rankOf(b.level) || (b.sentAt ?? 0) - (a.sentAt ?? 0),
  );
}

function bulletinAt(table: WarningTable, slot: number): string {
  return table.column('issuedBy').value(slot) ?? table.keyAt(slot);
}

function inForce(table: WarningTable, slot: number, now: number): boolean {
  if ((table.column('status').get(slot) ?? 'actual') !== 'actual') return false;
  const expiresAt = table.column('expiresAt').value(slot);
  return expiresAt === null || expiresAt >= now;
}

function warningAt(table: WarningTable, slot: number): OpenWarning {
  const text = (name: 'title' | 'event'): string => table.column(name).value(slot) ?? '';
  return {
    key: table.keyAt(slot),
    keys: [table.keyAt(slot)],
    bulletin: bulletinAt(table, slot),
    source: table.sourceAt(slot),
    headline: text('title'),
    event: text('event'),
    level: table.column('severity').get(slot),
    regions: (table.column('geocodes').value(slot) ?? []).map((code) => code.slice(0, 6)),
    areas: table.column('areaNames').value(slot) ?? [],
    sentAt: table.column('sentAt').value(slot),
    expiresAt: table.column('expiresAt').value(slot),
    synthetic: table.syntheticAt(slot),
  };
}

function joined(a: OpenWarning, b: OpenWarning): OpenWarning {
  const worse = rankOf(b.level) < rankOf(a.level) ? b : a;
  return {
    ...worse,
    keys: [...a.keys, ...b.keys],
    regions: [...new Set([...a.regions, ...b.regions])],
    areas: [...new Set([...a.areas, ...b.areas])],
  };
}

/** Names of counties in the city's own order, then what is no county; several names become "… 等 n 个区县" elsewhere. */
export function areaNames(
  one: OpenWarning,
  city: { readonly order: readonly string[]; readonly nameOf: (code: string) => string | null },
): readonly string[] {
  const named = one.regions
    .filter((code) => city.nameOf(code) !== null)
    .sort((a, b) => city.order.indexOf(a) - city.order.indexOf(b))
    .flatMap((code) => city.nameOf(code) ?? []);
  return named.length > 0 ? [...new Set(named)] : one.areas;
}
