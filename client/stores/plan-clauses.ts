// Clauses of the plans in force, for whoever gives an order by one: asked of the server when the form of an order opens.
import type { Title } from '../../contracts/column.ts';
import type { IncidentKind } from '../../contracts/records/incident.ts';
import { inForce } from '../../contracts/records/plan.ts';
import type { PlanSummary, PlanView } from '../../contracts/records/plan-actions.ts';
import type { PlanRun } from '../../contracts/records/plan-run.ts';
import { askJson } from './operations.ts';

/** One plan with its clauses. */
export interface ClauseGroup {
  readonly plan: string;
  readonly title: Title;
  readonly version: number;
  /** It is active for the incident. */
  readonly isActive: boolean;
  readonly clauses: readonly { readonly no: string; readonly title: Title; readonly text: Title }[];
}

/** Active ones first. Empty: none is in force, or plans cannot be read here. @param incident null: plans of every kind */
export async function clausesFor(
  incident: { readonly id: number; readonly kind: IncidentKind | null } | null,
): Promise<readonly ClauseGroup[]> {
  const [library, runs] = await Promise.all([
    askJson<{ plans: readonly PlanSummary[] }>(`/api/plans${incident?.kind ? `?kind=${incident.kind}` : ''}`),
    incident ? askJson<{ runs: readonly PlanRun[] }>(`/api/plan-runs?incident=${incident.id}`) : null,
  ]);
  if (!library.ok) return [];
  const active = new Set(
    runs?.ok ? runs.value.runs.flatMap(({ plan, level }) => (level === null ? [] : [plan])) : [],
  );
  const wanted = library.value.plans.filter((one) => one.inForce !== null);
  const views = await Promise.all(wanted.map(({ id }) => askJson<PlanView>(`/api/plans/${id}`)));
  return views
    .flatMap((view): ClauseGroup[] => {
      const version = view.ok ? inForce(view.value.record) : null;
      if (!view.ok || !version) return [];
      const { id } = view.value.record;
      const { title, clauses } = version.plan;
      return [{ plan: id, title, version: version.no, isActive: active.has(id), clauses }];
    })
    .sort((a, b) => Number(b.isActive) - Number(a.isActive));
}
