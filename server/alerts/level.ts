// Levels of rules as small integers: nothing is allocated to compare them.
import type { AlertLimit, AlertSeverity } from '../../contracts/records/alert-rule.ts';
import { alertSeverities } from '../../contracts/records/alert-rule.ts';

/** The value is not known: what stands goes on standing. */
export const UNKNOWN = -1;
export const NONE = 0;
/** It holds; how bad it is, the rule says. */
export const ANY = alertSeverities.length + 1;

/** 1 blue … 4 red. */
export const levelOf = (severity: AlertSeverity): number => alertSeverities.indexOf(severity) + 1;

/** @param level 1 … 4 */
export const severityOf = (level: number): AlertSeverity => alertSeverities[level - 1] ?? 'blue';

/** Limits by level, NaN where there is none; ANY: the one without a severity. */
export function limitsOf(limit: AlertLimit): Float64Array {
  const limits = new Float64Array(ANY + 1).fill(NaN);
  if (typeof limit === 'number') limits[ANY] = limit;
  else for (const severity of alertSeverities) limits[levelOf(severity)] = limit[severity] ?? NaN;
  return limits;
}
