// What the library can have done: asked of the store, so that the gallery draws it without a server.
import type { PlanChange } from '../../../contracts/records/plan-findings.ts';
import type { PlanAction, PlanView } from '../../../contracts/records/plan-actions.ts';
import type { Answer } from '../../stores/operations.ts';
import type { PlanSaid } from '../../stores/plans.ts';

export interface PlanDoes {
  readonly act: (of: PlanView, verb: PlanAction, said: PlanSaid) => Promise<Answer<PlanView>>;
  readonly difference: (
    id: string,
    from: number,
    to: number,
  ) => Promise<Answer<{ readonly changes: readonly PlanChange[] }>>;
}

export interface PlanMay {
  readonly edit: boolean;
  readonly approve: boolean;
}
