// Alerts that stand, out of their layer, so that they follow the time that is shown; and what people do about them, asked of
// the server, which keeps who, when and why.
import { shallowRef } from 'vue';
import type { alert } from '../../contracts/layers/alert.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Severity } from './indicators.ts';
import type { Answer } from './operations.ts';
import { askJson } from './operations.ts';
import { rankOf } from './warnings.ts';

export type AlertTable = LayerTable<(typeof alert)['columns']>;

export interface StandingAlert {
  readonly id: string;
  readonly level: Severity;
  readonly state: 'open' | 'acknowledged' | 'shelved';
  readonly title: { readonly zh: string; readonly en: string };
  /** Somebody has to act now: it sounds until it is acknowledged. */
  readonly alarm: boolean;
  readonly chattering: boolean;
  readonly layer: string;
  readonly row: string;
  readonly column: string | null;
  readonly value: number | null;
  readonly limit: number | null;
  /** Epoch ms. */
  readonly since: number;
  readonly until: number | null;
  readonly signals: number;
  readonly region: string;
}

const RANK = { open: 0, acknowledged: 1, shelved: 2 } as const;

/** Open ones first, then the worst, then the newest. */
export function standingAlerts(table: AlertTable | null): readonly StandingAlert[] {
  const found: StandingAlert[] = [];
  if (!table) return found;
  for (let slot = 0; slot < table.highWater; slot++)
    if (table.alive[slot] === 1) found.push(alertAt(table, slot));
  return found.sort(
    (a, b) => RANK[a.state] - RANK[b.state] || rankOf(a.level) - rankOf(b.level) || b.since - a.since,
  );
}

function alertAt(table: AlertTable, slot: number): StandingAlert {
  const { values, key, regionCode } = table.row(slot);
  const marks = values.marks ?? 0;
  const zh = values.title ?? values.rule ?? key;
  return {
    id: key,
    level: values.severity ?? 'blue',
    state: values.state ?? 'open',
    title: { zh, en: values.titleEn ?? zh },
    alarm: (marks & 1) !== 0,
    chattering: (marks & 2) !== 0,
    layer: values.layer ?? '',
    row: values.row ?? '',
    column: values.column,
    value: values.value,
    limit: values.limit,
    since: values.since ?? 0,
    until: values.until,
    signals: values.signals ?? 1,
    region: regionCode,
  };
}

export interface AlertCount {
  readonly level: Severity;
  /** Those that stand and are not shelved. */
  readonly count: number;
  /** Of them nobody acknowledged. */
  readonly open: number;
}

/** By level, the worst first; levels without one are left out, and so is what somebody shelved. */
export function countAlerts(table: AlertTable | null): readonly AlertCount[] {
  const found = new Map<Severity, { count: number; open: number }>();
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1) continue;
    const state = table.column('state').get(slot) ?? 'open';
    if (state === 'shelved') continue;
    const level = table.column('severity').get(slot) ?? 'blue';
    const { count, open } = found.get(level) ?? { count: 0, open: 0 };
    found.set(level, { count: count + 1, open: open + (state === 'open' ? 1 : 0) });
  }
  return [...found]
    .map(([level, counted]) => ({ level, ...counted }))
    .sort((a, b) => rankOf(a.level) - rankOf(b.level));
}

export interface Discipline {
  readonly operators: number;
  readonly perOperatorHour: number;
  readonly band: 'acceptable' | 'manageable' | 'over-demanding' | 'unacceptable';
  readonly peakTenMinutes: number;
  readonly standing: number;
  readonly chattering: number;
}

/** null until the server has answered once. */
export const discipline = shallowRef<Discipline | null>(null);

export async function loadDiscipline(): Promise<void> {
  const answer = await askJson<Discipline>('/api/alerts/discipline');
  if (answer.ok) discipline.value = answer.value;
}

export const acknowledge = (ids: readonly string[]): Promise<Answer<unknown>> =>
  askJson('/api/alerts/acknowledge', { ids });
export const shelve = (id: string, reason: string, until: number): Promise<Answer<unknown>> =>
  askJson('/api/alerts/shelve', { id, reason, until: Math.round(until) });
export const unshelve = (id: string, reason: string): Promise<Answer<unknown>> =>
  askJson('/api/alerts/unshelve', { id, reason });
export const comment = (id: string, text: string): Promise<Answer<unknown>> =>
  askJson('/api/alerts/comment', { id, text });
