// Calls to units as this page sees them: the area is the one drawn with the measure of an area; who lies in it is the server's
// to say.
import { shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import type { Call, CallAnswer, CallPage, CallRequest, UnitFound } from '../../contracts/records/call.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const callPage = shallowRef<CallPage | null>(null);
export const callsRefusal = shallowRef<Refusal | null>(null);

export async function loadCalls(): Promise<void> {
  const answer = await askJson<CallPage>('/api/calls');
  callsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) callPage.value = answer.value;
}

const DIGITS = 5;

export const unitsInside = (
  area: readonly LonLat[],
): Promise<Answer<{ readonly units: readonly UnitFound[] }>> =>
  askJson(
    `/api/calls/units?area=${area.map(([lon, lat]) => `${lon.toFixed(DIGITS)},${lat.toFixed(DIGITS)}`).join(';')}`,
  );

/** @param said.action made once for what somebody means once */
export async function makeCall(said: Partial<CallRequest>): Promise<Answer<Call>> {
  const answer = await askJson<Call>('/api/calls', said);
  await loadCalls();
  return answer;
}

export async function answerCall({ id }: Call, unit: string, answer: CallAnswer): Promise<Answer<Call>> {
  const said = await askJson<Call>(`/api/calls/${id}/answer`, {
    action: newAction(),
    unit,
    answer,
    text: '',
  });
  await loadCalls();
  return said;
}
