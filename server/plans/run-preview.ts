// What an activation, a change of its level or its end would do: the same work and news as of what is, asked of what would be.
import type { Title } from '../../contracts/column.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import { isOpen, stageTitles } from '../../contracts/records/incident.ts';
import type { PlanFinding } from '../../contracts/records/plan-findings.ts';
import type { PlannedNotice, RunPreview } from '../../contracts/records/plan-run.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import type { Announcement, Announcer } from '../outbound/port.ts';
import { newsOfLevel, newsOfTask } from './news.ts';
import type { PlanGround } from './port.ts';
import type { RunState } from './run-fold.ts';
import type { Work } from './work.ts';
import { takesTasks, workOf } from './work.ts';

export interface PreviewParts {
  /** As it would be. */
  readonly state: RunState;
  readonly incident: Incident;
  readonly ground: PlanGround;
  readonly announcer: Pick<Announcer, 'wordingOf' | 'withheld'>;
  readonly reaches: Reaches;
  /** Activations that go on, with their incidents. */
  readonly others: readonly { readonly state: RunState; readonly incident: Incident }[];
  readonly findings: readonly PlanFinding[];
}

export function previewOf(parts: PreviewParts): RunPreview {
  const { state, incident, ground, announcer } = parts;
  const { run } = state;
  const work = workOf(state, incident, ground);
  const line = run.levels.at(-1);
  const news = [
    ...(line ? newsOfLevel(state, line, ground) : []),
    ...work.give.map(({ task, origin }) => newsOfTask(state, { ...task, origin })),
  ];
  return {
    ...{ plan: run.plan, title: run.title, version: run.version, incident: run.incident, level: run.level },
    give: [...work.give, ...work.later].map(({ task }) => task),
    withdraw: work.withdraw.map(({ id, plan, text }) => ({ task: id, step: plan?.step ?? '', text })),
    notices: news.flatMap((one) => noticeOf(one, announcer)),
    withheld: announcer.withheld,
    blocked: blockedBy(parts, work),
    warnings: warningsOf(parts, work),
  };
}

function noticeOf(one: Announcement, announcer: Pick<Announcer, 'wordingOf'>): PlannedNotice[] {
  const text = announcer.wordingOf(one);
  return text === null
    ? []
    : [{ to: one.to, text, clause: one.plan?.clause ?? '', step: one.plan?.step ?? '' }];
}

const say = (zh: string, en: string): Title => ({ zh, en });

function blockedBy({ state, incident, reaches, others }: PreviewParts, work: Work): Title[] {
  const { run } = state;
  const { zh, en } = stageTitles[incident.stage];
  const far = [...work.give, ...work.later]
    .map(({ task }) => task.unit)
    .filter(({ id }) => {
      const region = /^(?:county|town):(\d+)$/.exec(id)?.[1];
      return region !== undefined && !reaches(region);
    });
  return [
    ...(run.level === null || takesTasks(incident)
      ? []
      : [
          say(
            `事件处于${zh}阶段，不能下达任务：先受理`,
            `The incident is ${en.toLowerCase()}: accept it first`,
          ),
        ]),
    ...(others.some((other) => isSame(other.state, state))
      ? [say('本预案已为本事件启动', 'The plan is active for this incident already')]
      : []),
    ...(far[0]
      ? [
          say(
            `${far[0].name.zh}不在您的辖区内，请由上级启动`,
            `${far[0].name.en} is outside of your area: let the level above start it`,
          ),
        ]
      : []),
  ];
}

/** Another activation of the same plan for the same incident. */
const isSame = ({ run: a }: RunState, { run: b }: RunState): boolean =>
  a.id !== b.id && a.plan === b.plan && a.incident === b.incident;

function warningsOf({ state, incident, ground, others, findings }: PreviewParts, work: Work): Title[] {
  const { plan } = state;
  const wanted = [...work.give, ...work.later].flatMap(({ spell }) => spell.step.resources);
  const busy = [...new Set(wanted)].flatMap((team) => {
    const place = ground.places.get(team);
    if (!place || place.atOnce === Infinity) return [];
    return others.flatMap((other) => {
      if (other.state.run.id === state.run.id || !usesNow(other, team)) return [];
      const { title, incidentNo } = other.state.run;
      return [
        say(
          `${place.name.zh}正用于《${title.zh}》（事件 ${incidentNo}）`,
          `${place.name.en} is at work for “${title.en}” (incident ${incidentNo})`,
        ),
      ];
    });
  });
  return [
    ...(plan.kinds.includes(incident.kind)
      ? []
      : [say('本预案不是为这类事件编制的', 'The plan was not written for this kind of incident')]),
    ...busy,
    ...findings.map(({ clause, what }) => say(`${clause} ${what.zh}`.trim(), `${clause} ${what.en}`.trim())),
  ];
}

const OVER: ReadonlySet<string> = new Set(['accepted', 'withdrawn']);

/** Whether a task of it that uses the team is open. */
function usesNow({ state, incident }: PreviewParts['others'][number], team: string): boolean {
  if (!isOpen(incident)) return false;
  return incident.tasks.some(
    (task) =>
      task.plan?.run === state.run.id &&
      !OVER.has(task.state) &&
      state.plan.steps.some(({ id, resources }) => id === task.plan?.step && resources.includes(team)),
  );
}
