// Activations of plans as this page sees them: those of the incident that is open, and the one whose progress is looked at.
import { computed, ref, shallowRef } from 'vue';
import { planStep } from '../../contracts/layers/plan-step.ts';
import { task as taskLayer } from '../../contracts/layers/task.ts';
import type { Grade } from '../../contracts/records/incident.ts';
import type {
  Conformance,
  PlanRun,
  RunPreview,
  RunProgress,
  StepProgress,
} from '../../contracts/records/plan-run.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';
import { tableOf } from './layers.ts';
import { showRow, view, type Selection } from './view.ts';

/** Of the incident that is open. */
export const incidentRuns = shallowRef<readonly PlanRun[]>([]);
/** All, newest first; null until they were read. */
export const allRuns = shallowRef<readonly PlanRun[] | null>(null);
export const runsRefusal = shallowRef<Refusal | null>(null);
/** Whose progress somebody wants to see; null: that of the newest. */
export const wantedRun = ref<number | null>(null);
/** With every step of the one that is looked at; null: none, or not read yet. */
export const conformance = shallowRef<Conformance | null>(null);

/** Its task is a row of the map itself while it is under way. */
const isShownAsTask = ({ state, task }: StepProgress): boolean =>
  task !== null && (state === 'open' || state === 'late');

/** The row a step stands on the map as. */
export const rowOfStep = (step: StepProgress): Selection =>
  isShownAsTask(step)
    ? { layer: taskLayer.slug, key: String(step.task) }
    : { layer: planStep.slug, key: step.key };

/** Chooses a step on the map, and with it in every list. */
export function showStep(step: StepProgress): void {
  const { layer, key } = rowOfStep(step);
  showRow(layer, key);
}

/** Points at a row without choosing it; null: at none any more. */
export function pointAt(row: Selection | null): void {
  view.hover = row;
}

/** Id of the task a row of the map is, or is the step of; null: of none. */
function taskOfRow(row: Selection | null): number | null {
  if (row?.layer === taskLayer.slug) return Number(row.key);
  if (row?.layer !== planStep.slug) return null;
  const table = tableOf(planStep);
  const slot = table?.slotOf(row.key) ?? -1;
  return table && slot >= 0 ? table.column('task').get(slot) : null;
}

/** The task that is chosen on the map, as itself or as its step; null: none is. */
export const chosenTask = computed(() => taskOfRow(view.selection));
/** The one that is pointed at, on the map or in a list. */
export const pointedTask = computed(() => taskOfRow(view.hover));

/** Whether a row of the map is this step. */
export const isStepRow = (row: Selection | null, step: StepProgress): boolean =>
  (row?.layer === planStep.slug && row.key === step.key) ||
  (row?.layer === taskLayer.slug && step.task !== null && row.key === String(step.task));

let wanted: number | null = null;

/** null: no incident is open. */
export async function loadRunsOf(incident: number | null): Promise<void> {
  if (wanted !== incident) incidentRuns.value = [];
  wanted = incident;
  if (incident === null) return;
  const answer = await askJson<{ runs: readonly PlanRun[] }>(`/api/plan-runs?incident=${incident}`);
  if (wanted === incident && answer.ok) incidentRuns.value = answer.value.runs;
}

/** The one that is wanted, or the newest that goes on, or the newest. */
export function shownRun(): number | null {
  const runs = allRuns.value ?? [];
  return wantedRun.value ?? (runs.find(({ level }) => level !== null) ?? runs[0])?.id ?? null;
}

export async function loadProgress(): Promise<void> {
  const answer = await askJson<{ runs: readonly PlanRun[] }>('/api/plan-runs');
  runsRefusal.value = answer.ok ? null : answer.refusal;
  if (!answer.ok) return;
  allRuns.value = answer.value.runs;
  const id = shownRun();
  if (id === null) {
    conformance.value = null;
    return;
  }
  const of = await askJson<Conformance>(`/api/plan-runs/${id}/conformance`);
  if (of.ok && shownRun() === id) conformance.value = of.value;
}

/** What is to be done with a plan for an incident: started, or an activation changed or ended. */
export type RunDeed =
  | { readonly kind: 'start'; readonly plan: string; readonly incident: number; readonly level: Grade }
  | { readonly kind: 'level'; readonly run: PlanRun; readonly level: Grade }
  | { readonly kind: 'end'; readonly run: PlanRun };

export function previewDeed(deed: RunDeed, reason: string): Promise<Answer<RunPreview>> {
  const why = `reason=${encodeURIComponent(reason)}`;
  if (deed.kind === 'start')
    return askJson(`/api/plans/${deed.plan}/preview?incident=${deed.incident}&level=${deed.level}&${why}`);
  return askJson(
    `/api/plan-runs/${deed.run.id}/preview?level=${deed.kind === 'end' ? 'end' : deed.level}&${why}`,
  );
}

/** @param action made once for what somebody means once */
export async function doDeed(
  deed: RunDeed,
  { version }: RunPreview,
  { reason, action = newAction() }: { readonly reason: string; readonly action?: string },
): Promise<Answer<RunProgress>> {
  const answer = await askJson<RunProgress>(...asked(deed, version, { action, reason }));
  if (answer.ok) {
    wantedRun.value = answer.value.run.id;
    await Promise.all([loadRunsOf(wanted), loadProgress()]);
  }
  return answer;
}

function asked(deed: RunDeed, version: number, said: object): [path: string, body: object] {
  switch (deed.kind) {
    case 'start':
      return [
        `/api/plans/${deed.plan}/activate`,
        { ...said, incident: deed.incident, level: deed.level, version },
      ];
    case 'level':
      return [`/api/plan-runs/${deed.run.id}/level`, { ...said, seen: deed.run.seq, level: deed.level }];
    case 'end':
      return [`/api/plan-runs/${deed.run.id}/end`, { ...said, seen: deed.run.seq }];
  }
}
