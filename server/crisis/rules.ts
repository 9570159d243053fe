// Who may do what to 战时 and when it cannot be done: the rules of two persons, of one alone, of time and of place.
import type { Title } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Commit, Crisis, Switch } from '../../contracts/records/crisis.ts';
import type { RunPreview } from '../../contracts/records/plan-run.ts';
import type { CrisisActor, CrisisTargets } from './port.ts';

const MINUTE_MS = 60_000;
/** What nobody looked at again for so long has been forgotten; a change prolongs it. */
const LONGEST_MS = 7 * 86_400_000;

const say = (zh: string, en: string): Title => ({ zh, en });

/** @throws CodedError request/not-found of an area that is none or not theirs */
export function requireFits(
  { reaches }: CrisisActor,
  { area }: Switch,
  { targets }: { readonly targets: CrisisTargets },
): void {
  targets.requireArea(area);
  if (!reaches(area)) throw new CodedError('request/forbidden', `${area} lies outside the own area`);
}

/** @throws CodedError request/invalid */
export function requireTime(change: Switch, now: number): void {
  if (!('until' in change)) return;
  const ahead = change.until - now;
  if (ahead >= MINUTE_MS && ahead <= LONGEST_MS) return;
  throw new CodedError('request/invalid', `until: ${change.until} is not 1 min to 7 days ahead`);
}

/** @throws CodedError access/duties: who did the one does not do the other */
export function requireSecond(
  { id }: CrisisActor,
  first: { readonly id: number; readonly by: string },
): void {
  if (first.by === id)
    throw new CodedError('access/duties', `${first.id} is by ${id}: another person has to decide on it`);
}

interface AloneParts {
  readonly stack: readonly Crisis[];
  readonly commits: ReadonlyMap<number, Commit>;
}

/** Whether one person alone may do it now. @throws CodedError request/conflict */
export function requireState({ id }: CrisisActor, change: Switch, { stack, commits }: AloneParts): void {
  const refuse = (zh: string, en: string): never => {
    throw new CodedError('request/conflict', `${zh} (${en})`);
  };
  const top = stack.at(-1);
  if (change.verb === 'end' || change.verb === 'rollback') {
    if (top && !top.isAlone)
      refuse('两人启动的战时由两人结束', 'what two persons began takes two persons to end');
    return;
  }
  if (top?.isAlone)
    refuse(
      '单人启动的战时先由第二人确认',
      'one person holds it alone already: let a second confirm it first',
    );
  const owed = [...commits.values()].find(
    ({ by, change: { area }, proposal, review, confirmed }) =>
      by === id && area === change.area && proposal === null && !review && !confirmed,
  );
  if (owed && owed.change.verb !== 'end' && owed.change.verb !== 'rollback')
    refuse(
      '您上一次单人启动还没有由第二人复核',
      `nobody has reviewed what you did alone before (commit ${owed.id})`,
    );
}

interface BlockedParts {
  readonly change: Switch;
  readonly standing: readonly Crisis[];
  readonly plans: readonly RunPreview[];
  readonly targets: Pick<CrisisTargets, 'incident'>;
}

/** Why it cannot be done now; empty: it can. */
export function blockedBy({ change, standing, plans, targets }: BlockedParts): Title[] {
  const isOn = standing.length > 0;
  if (change.verb === 'begin' && isOn)
    return [say('这一范围已在战时：请调整', 'the area is in crisis already: change it')];
  if (change.verb !== 'begin' && !isOn) return [say('这一范围是平时', 'the area is in peacetime')];
  if (!('plans' in change)) return [];
  const missing =
    change.incident !== null && !targets.incident(change.incident)
      ? [say(`没有事件 ${change.incident}`, `there is no incident ${change.incident}`)]
      : [];
  const without =
    change.plans.length > 0 && change.incident === null
      ? [say('启动预案要先选定事件', 'a plan is activated for an incident: choose one')]
      : [];
  const overtaken = change.plans.flatMap(({ plan, version }) => {
    const shown = plans.find((one) => one.plan === plan);
    return shown && shown.version !== version
      ? [
          say(
            `预案《${shown.title.zh}》现行第 ${shown.version} 版，不是第 ${version} 版`,
            `version ${shown.version} of “${shown.title.en}” is in force, not ${version}`,
          ),
        ]
      : [];
  });
  return [...missing, ...without, ...overtaken, ...plans.flatMap(({ blocked }) => blocked)];
}

export function warningsOf({
  change,
  plans,
  isCity,
}: {
  readonly change: Switch;
  readonly plans: readonly RunPreview[];
  readonly isCity: boolean;
}): Title[] {
  if (!('plans' in change)) return [];
  return [
    ...(change.incident === null
      ? [
          say(
            '没有关联事件：屏上没有伤亡与转移数字，也不发通知',
            'no incident: screens show no casualties, and nobody is told',
          ),
        ]
      : []),
    ...(change.responses.length === 0 ? [say('没有启动响应级别', 'no response level is active')] : []),
    ...(isCity ? [say('全市：所有区县都进入战时', 'the whole city: every county is in crisis')] : []),
    ...plans.flatMap(({ warnings }) => warnings),
  ];
}
