// The library of plans as this page sees it: asked of the server, anew after each action. What may be done is the server's to say.
import { shallowRef } from 'vue';
import { title } from '../../contracts/declare.ts';
import type { PlanChange } from '../../contracts/records/plan-findings.ts';
import type { PlanAction, PlanSummary, PlanView } from '../../contracts/records/plan-actions.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const library = shallowRef<readonly PlanSummary[] | null>(null);
export const libraryRefusal = shallowRef<Refusal | null>(null);
/** The plan that is being read; null: none. */
export const openedPlan = shallowRef<PlanView | null>(null);
export const openedPlanRefusal = shallowRef<Refusal | null>(null);

export async function loadLibrary(): Promise<void> {
  const answer = await askJson<{ plans: readonly PlanSummary[] }>('/api/plans');
  libraryRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) library.value = answer.value.plans;
}

let wanted = '';

export async function openPlan(id: string): Promise<void> {
  wanted = id;
  if (openedPlan.value?.record.id !== id) openedPlan.value = null;
  const answer = await askJson<PlanView>(`/api/plans/${id}`);
  if (wanted !== id) return;
  openedPlanRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) openedPlan.value = answer.value;
}

export function closePlan(): void {
  wanted = '';
  openedPlan.value = null;
  openedPlanRefusal.value = null;
}

export const planDifference = (
  id: string,
  from: number,
  to: number,
): Promise<Answer<{ readonly changes: readonly PlanChange[] }>> =>
  askJson(`/api/plans/${id}/difference?from=${from}&to=${to}`);

/** What is said with an action, beside its id and what was seen. */
export interface PlanSaid {
  readonly plan?: Plan;
  readonly reason?: string;
  readonly text?: string;
}

const duties = title(
  '编制或送审过这一版的人不能批准，请由另一人批准',
  'Who wrote or submitted this version does not approve it: ask somebody else',
);

/** The server says which rule it was in brackets. */
const plainly = (refusal: Refusal): Refusal =>
  refusal.detail.includes('[access/duties]') ? { title: duties, detail: '' } : refusal;

/** Does one thing to the plan as it was last seen here. */
export async function actOnPlan(
  { record }: PlanView,
  verb: PlanAction,
  said: PlanSaid,
): Promise<Answer<PlanView>> {
  const { id, seq } = record;
  const asked = { action: newAction(), seen: seq, ...said };
  const answer = await askJson<PlanView>(`/api/plans/${id}/${verb}`, asked);
  if (answer.ok && wanted === id) openedPlan.value = answer.value;
  // Somebody was faster: what they did is shown, and what was written here is merged with it.
  if (!answer.ok && wanted === id) await openPlan(id);
  await loadLibrary();
  return answer.ok ? answer : { ok: false, refusal: plainly(answer.refusal) };
}
