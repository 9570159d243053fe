// Duty as this page sees it: who has the shift, hand-overs, and the numbers of the bulletin; asked of the server.
import { shallowRef } from 'vue';
import type { Bulletin, DutyPerson, DutyView, OpenItem, RosterShift } from '../../contracts/records/duty.ts';
import { refusalOf, type Answer } from './operations.ts';
import { askWorld } from './world.ts';

/** null until it was read. */
export const duty = shallowRef<DutyView | null>(null);
export const bulletin = shallowRef<Bulletin | null>(null);

async function call<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await askWorld(`/api/duty${path}`, {
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
    });
    const said = (await response.json().catch(() => ({}))) as { message?: string };
    if (!response.ok) return { ok: false, refusal: refusalOf(response.status, said.message ?? '') };
    return { ok: true, value: said as T };
  } catch {
    return { ok: false, refusal: refusalOf(0, '') };
  }
}

export async function loadDuty(): Promise<Answer<DutyView>> {
  const answer = await call<DutyView>('');
  if (answer.ok) duty.value = answer.value;
  return answer;
}

export async function loadBulletin(): Promise<Answer<Bulletin>> {
  const answer = await call<Bulletin>('/bulletin');
  if (answer.ok) bulletin.value = answer.value;
  return answer;
}

/** What goes on now in the area of a unit: what a hand-over will hold. */
export const openItems = (unit: string): Promise<Answer<{ readonly items: readonly OpenItem[] }>> =>
  call(`/open?unit=${encodeURIComponent(unit)}`);

/** What was done is on the page when it resolves. */
async function done<T>(path: string, body: unknown): Promise<Answer<T>> {
  const answer = await call<T>(path, body);
  if (answer.ok) await loadDuty();
  return answer;
}

export const handOver = (unit: string, text: string): Promise<Answer<unknown>> =>
  done('/hand-overs', { unit, text });

export const signHandOver = (id: number, text: string): Promise<Answer<unknown>> =>
  done(`/hand-overs/${id}/sign`, { text });

type Slot = Pick<RosterShift, 'unit' | 'day' | 'shift'>;

export const setRoster = (
  { unit, day, shift }: Slot,
  people: readonly DutyPerson[],
  seen: number,
): Promise<Answer<unknown>> => done('/roster', { unit, day, shift, people, seen });

export const undoRoster = (
  { unit, day, shift, version }: RosterShift,
  reason: string,
): Promise<Answer<unknown>> => done('/roster/undo', { unit, day, shift, seen: version, reason });
