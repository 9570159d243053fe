// How the parts of the linter say what they found.
import type { Title } from '../../contracts/column.ts';
import type { FindingKind, PlanFinding } from '../../contracts/records/plan-findings.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import type { PlanGround } from './port.ts';

export interface LintParts {
  readonly plan: Plan;
  readonly ground: PlanGround;
  /** Epoch ms: how long ago a number was tried. */
  readonly now: number;
  readonly found: (finding: PlanFinding) => void;
}

interface Place {
  readonly clause: string;
  readonly where: string;
}

/** What, and what to do. */
type Words = readonly [what: Title, remedy: Title];

export const error = (kind: FindingKind, at: Place, [what, remedy]: Words): PlanFinding => ({
  ...{ kind, severity: 'error', ...at, what, remedy },
});
export const warning = (kind: FindingKind, at: Place, [what, remedy]: Words): PlanFinding => ({
  ...{ kind, severity: 'warning', ...at, what, remedy },
});
export const words = (zh: string, en: string): Title => ({ zh, en });
