// Incidents counted for boards: what waits, what is late, how units and counties do, and how cases go from unit to unit.
import type { Title } from '../column.ts';
import type { Stage } from './incident.ts';

/** How the cases of a unit or a county went. Percent and hours are null where nothing was there to judge. */
export interface Standing {
  /** Of a unit, or the code of a county. */
  readonly id: string;
  readonly name: Title;
  /** Not closed, now. */
  readonly open: number;
  /** Of them late with their step, now. */
  readonly overdue: number;
  readonly supervised: number;
  /** Reported in the span. */
  readonly reported: number;
  /** Closed in the span. */
  readonly closed: number;
  /** Steps of the span that were left in time: 办理及时率. */
  readonly inTimePct: number | null;
  /** Of those reported in the span, closed by now: 办结率. */
  readonly closedPct: number | null;
  /** Median time from report to close of those closed in the span. */
  readonly medianHours: number | null;
  /** Mean of the ratings of the span, 1 … 5. */
  readonly satisfaction: number | null;
  readonly rated: number;
  /** Mean of in time, closed and satisfied (of five, as percent), as far as they are known. */
  readonly score: number | null;
}

/** Cases that went from one unit to another in the span: assigned, handed over, sent back. */
export interface CaseFlow {
  readonly from: Title;
  readonly to: Title;
  readonly count: number;
}

export interface IncidentBoard {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly whole: Standing;
  /** Open ones by stage. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  /** Who handles them, the most overdue first. */
  readonly units: readonly Standing[];
  /** League table: the best score first, those without one last. */
  readonly counties: readonly Standing[];
  /** The strongest first. */
  readonly flows: readonly CaseFlow[];
}
