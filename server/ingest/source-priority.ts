// Two sources for one thing: the preferred one writes, another may stand in while it is silent.
import type { Entities } from './entities.ts';

/** A source is silent after this many of its periods. */
const SILENT_PERIODS = 4;
/** Good reports a better source must show before it gets the row back, so that a flapping one does not make it jump. */
const GOOD_REPORTS = 3;

interface Source {
  readonly number: number;
  readonly priority: number;
  readonly periodMs: number;
}

interface Claim {
  readonly object: number;
  readonly lane: Source;
  readonly now: number;
  readonly isGood: boolean;
}

/** Whether this delivery reaches the state; notes who owns the row. The higher priority wins; equals share. */
export function mayWrite(entities: Entities, sources: readonly Source[], claim: Claim): boolean {
  const { object, lane, now } = claim;
  const owner = sources[entities.owner[object] as number];
  if (owner === undefined || owner === lane || owner.priority === lane.priority) return take(entities, claim);
  if (now - (entities.ownerAt[object] as number) > SILENT_PERIODS * owner.periodMs)
    return take(entities, claim);
  if (lane.priority < owner.priority) return false;
  const challenges = claim.isGood ? (entities.challenges[object] as number) + 1 : 0;
  entities.challenges[object] = challenges;
  return challenges >= GOOD_REPORTS ? take(entities, claim) : false;
}

function take(entities: Entities, { object, lane, now }: Claim): true {
  if (entities.owner[object] !== lane.number) entities.challenges[object] = 0;
  entities.owner[object] = lane.number;
  entities.ownerAt[object] = now;
  return true;
}
