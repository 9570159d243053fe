// The rosters of a week as their page keeps them: what is tried, said and taken back.
import { shallowRef } from 'vue';
import type { DutyPerson, DutyView, RosterShift } from '../../contracts/records/duty.ts';
import type { SettingEffects } from '../../contracts/records/city-setting.ts';
import { askAccess, type Reply } from './access.ts';

/** null until the server has answered once. */
export const rosterDesk = shallowRef<Pick<DutyView, 'units' | 'shifts' | 'shift' | 'next'> | null>(null);
export const weekRosters = shallowRef<readonly RosterShift[]>([]);
export const rosterFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);
let week: { readonly from: string; readonly to: string } | null = null;

export interface RosterSlot {
  readonly unit: string;
  readonly day: string;
  readonly shift: string;
}

export async function loadRosterDesk(): Promise<void> {
  const { code, message, value } = await askAccess<DutyView>('GET', '/api/duty');
  rosterFault.value = code === '' ? null : { code, message };
  if (value) rosterDesk.value = value;
}

/** Both days with them. */
export async function loadWeek(from: string, to: string): Promise<void> {
  week = { from, to };
  const { code, message, value } = await askAccess<{ readonly rosters: readonly RosterShift[] }>(
    'GET',
    `/api/duty/roster?from=${from}&to=${to}`,
  );
  rosterFault.value = code === '' ? null : { code, message };
  if (value) weekRosters.value = value.rosters;
}

async function done<T>(path: string, body: unknown): Promise<Reply<T>> {
  const reply = await askAccess<T>('POST', `/api/duty/roster${path}`, body);
  if (reply.code === '' && week) await loadWeek(week.from, week.to);
  return reply;
}

export const tryRoster = (slot: RosterSlot, people: readonly DutyPerson[]): Promise<Reply<SettingEffects>> =>
  askAccess('POST', '/api/duty/roster/preview', { ...slot, people });
export const sayRoster = (
  slot: RosterSlot,
  people: readonly DutyPerson[],
  { seen, reason }: { readonly seen: number; readonly reason: string },
): Promise<Reply<RosterShift>> => done('', { ...slot, people, seen, reason });
export const takeRosterBack = (
  { unit, day, shift, version }: RosterShift,
  reason: string,
): Promise<Reply<object>> => done('/undo', { unit, day, shift, seen: version, reason });
