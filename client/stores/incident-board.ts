// Incidents counted by the server: by unit, by county, and how cases go between units. Asked anew when an incident moved, and
// each minute, for what becomes late by itself.
import { ref, shallowRef } from 'vue';
import type { IncidentBoard } from '../../contracts/records/incident-board.ts';
import { askJson, type Refusal } from './operations.ts';

export const boardSpans = [7, 30, 90] as const;
export type BoardSpan = (typeof boardSpans)[number];

/** Days of which it counts what was done. */
export const boardDays = ref<BoardSpan>(30);
/** null until the server answered once. */
export const board = shallowRef<IncidentBoard | null>(null);
export const boardRefusal = shallowRef<Refusal | null>(null);

let isAsking = false;
let isWanted = false;

/** However often it is called: one question at a time, and one more behind it. */
export async function loadBoard(): Promise<void> {
  isWanted = true;
  if (isAsking) return;
  isAsking = true;
  while (isWanted) {
    isWanted = false;
    const answer = await askJson<IncidentBoard>(`/api/incidents/board?days=${boardDays.value}`);
    boardRefusal.value = answer.ok ? null : answer.refusal;
    if (answer.ok) board.value = answer.value;
  }
  isAsking = false;
}
