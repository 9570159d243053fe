// Alarm discipline: how much the alerts ask of the people in the room, against the bands of EEMUA 191.
import type { AlarmBand, AlarmDiscipline } from '../../contracts/records/alert.ts';
import type { AlertSeverity } from '../../contracts/records/alert-rule.ts';
import { alertSeverities } from '../../contracts/records/alert-rule.ts';
import type { Held, Raised } from './fold.ts';

const TEN_MIN_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MOST_LISTED = 5;

/**
 * EEMUA 191, long-term mean rate for one operator: more than one a minute is very likely unacceptable, one in two minutes
 * likely over-demanding, one in five minutes manageable, less than one in ten minutes very likely acceptable.
 */
export function bandOf(perHour: number): AlarmBand {
  if (perHour <= 6) return 'acceptable';
  if (perHour <= 12) return 'manageable';
  return perHour <= 60 ? 'over-demanding' : 'unacceptable';
}

export interface Counted {
  readonly raised: readonly Raised[];
  readonly open: Iterable<Held>;
  readonly now: number;
  readonly operators: number;
}

export function disciplineOf({ raised, open, now, operators }: Counted): AlarmDiscipline {
  const lastDay = raised.filter(({ at }) => at > now - DAY_MS);
  const alarms = lastDay.filter(({ alarm }) => alarm);
  const perOperatorHour = alarms.filter(({ at }) => at > now - HOUR_MS).length / operators;
  const standing = [...open];
  const heard = standing.filter(({ alarm, state }) => alarm && state !== 'shelved');
  return {
    from: now - DAY_MS,
    operators,
    perOperatorHour,
    band: bandOf(perOperatorHour),
    peakTenMinutes: peakOf(alarms.map(({ at }) => at)) / operators,
    raisedLastDay: lastDay.length,
    standing: heard.length,
    standingOverADay: heard.filter(({ since }) => since < now - DAY_MS).length,
    unacknowledged: heard.filter(({ state }) => state === 'open').length,
    shelved: standing.filter(({ state }) => state === 'shelved').length,
    chattering: standing.filter(({ chattering }) => chattering).length,
    shares: sharesOf(lastDay),
    loudest: loudestOf(lastDay),
  };
}

/** Most of any ten minutes; moments oldest first. */
function peakOf(moments: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (let last = 0; last < moments.length; last++) {
    while ((moments[last] as number) - (moments[first] as number) >= TEN_MIN_MS) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function sharesOf(raised: readonly Raised[]): Record<AlertSeverity, number> {
  const share = (severity: AlertSeverity): number =>
    raised.length === 0
      ? 0
      : Math.round((raised.filter((one) => one.severity === severity).length / raised.length) * 1000) / 10;
  return Object.fromEntries(alertSeverities.map((one) => [one, share(one)])) as Record<AlertSeverity, number>;
}

function loudestOf(raised: readonly Raised[]): AlarmDiscipline['loudest'] {
  const counts = new Map<string, number>();
  for (const { rule } of raised) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .map(([rule, count]) => ({ rule, raised: count }))
    .sort((a, b) => b.raised - a.raised || (a.rule < b.rule ? -1 : 1))
    .slice(0, MOST_LISTED);
}
