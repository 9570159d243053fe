// Whom an activation tells what: its command of the start, each change of level and the end; each unit of each task. Pure, and
// the same each time it is asked: the outbox tells each once.
import type { UnitRef } from '../../contracts/records/incident.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import type { LevelLine, PlanOrigin } from '../../contracts/records/plan-run.ts';
import type { Announcement, PlanNews } from '../outbound/port.ts';
import type { PlanGround } from './port.ts';
import type { RunState } from './run-fold.ts';

interface TaskNews {
  readonly unit: UnitRef;
  readonly text: string;
  readonly dueAt: number | null;
  readonly origin: PlanOrigin;
}

/** Of one change of level, to chief, deputies and office, each unit once. */
export function newsOfLevel(state: RunState, line: LevelLine, { units }: PlanGround): Announcement[] {
  const { run, plan } = state;
  const { chief, deputies, office } = plan.command;
  const told = new Set<string>();
  const about: PlanNews = line.level === null ? 'end' : line.seq === run.levels[0]?.seq ? 'start' : 'level';
  return [chief, ...deputies, office].flatMap(({ unit, clause }): Announcement[] => {
    const to = units.get(unit);
    if (!to || told.has(unit)) return [];
    told.add(unit);
    const origin = { plan: run.plan, version: run.version, run: run.id, step: '', clause, since: line.seq };
    return [
      {
        ...{ about, incident: run.incident, to, plan: origin },
        once: `p${run.id}-${line.at.toString(36)}-${line.seq}-${unit}`,
        words: {
          plan: run.title.zh,
          level: line.level === null ? '' : responseTitles[line.level].zh,
          text: line.reason,
          dueAt: null,
        },
      },
    ];
  });
}

export function newsOfTask({ run }: RunState, { unit, text, dueAt, origin }: TaskNews): Announcement {
  return {
    ...{ about: 'task', incident: run.incident, to: unit, plan: origin },
    once: `p${run.id}-${run.startedAt.toString(36)}-${origin.since}-s-${origin.step}`,
    words: {
      plan: run.title.zh,
      level: run.level === null ? '' : responseTitles[run.level].zh,
      text,
      dueAt,
    },
  };
}
