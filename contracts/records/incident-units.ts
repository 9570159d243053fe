// What an incident is to the units that have to do with it, and what a department may do with it. Pure.
import type { Incident, UnitRef, Verb } from './incident.ts';
import type { Reaches } from './reach.ts';

type Handled = Pick<Incident, 'stage' | 'region' | 'unit' | 'assisting' | 'tasks'>;

const idsOf = (units: readonly UnitRef[]): string[] => units.map(({ id }) => id);

/** Who handles it, helps with it, or has a task for it. */
export const unitsOf = ({ unit, assisting, tasks }: Omit<Handled, 'stage' | 'region'>): readonly string[] =>
  idsOf([...(unit ? [unit] : []), ...assisting, ...tasks.map((task) => task.unit)]);

export const isReached = (incident: Omit<Handled, 'stage'>, reaches: Reaches): boolean =>
  reaches(incident.region, unitsOf(incident));

/** Whoever has to do with it adds a line; whoever handles it does its steps; all else is the desk's. */
const OF_HANDLER: ReadonlySet<Verb> = new Set(['start', 'answer', 'brief']);

/** Whether somebody may do that to it: in an own region everything, a department what is its part. */
export function mayAct(incident: Handled, reaches: Reaches, verb: Verb): boolean {
  if (reaches(incident.region)) return true;
  if (verb === 'note') return isReached(incident, reaches);
  const { stage, unit } = incident;
  if (!unit || !reaches('', [unit.id])) return false;
  // Back to the desk while it has it; what it has answered is the desk's to send back.
  if (verb === 'return') return stage === 'assigned' || stage === 'handling';
  return OF_HANDLER.has(verb);
}
