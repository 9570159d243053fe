// The decisions of one scenario.yaml: what they speak of must be there, and what they say must be what the action takes.
import type { Decision, DecisionBody, WrittenDecision } from '../../contracts/records/decision.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import { isDoneByUnit } from '../../contracts/records/task.ts';
import { taskSchemas } from '../../contracts/records/task-actions.ts';
import type { Action } from '../access/port.ts';
import type { FieldPath } from '../kit/written-file.ts';
import type { ScenarioWords, Source } from './read-scenario.ts';

/** 战时 holds an hour on the word of one person (docs/operator-routes.md): so often it is said again, seconds. */
const PROLONG_S = 3000;
const CRISIS_S = 3600;

interface DecisionParts {
  readonly written: readonly WrittenDecision[];
  /** Seconds from the start of each. */
  readonly moments: readonly number[];
  readonly words: ScenarioWords;
  readonly durationS: number;
}

/** In order of time, with a long 战时 as the words that keep it up. @throws WrittenFileError */
export function decisionsOf(source: Source, parts: DecisionParts): Decision[] {
  const { written, moments, words } = parts;
  const named = new Map<string, 'incident' | 'task'>();
  const all = written.flatMap(({ at: _, ...body }, i) => {
    const atS = moments[i] ?? 0;
    check(source, body, { i, named, words });
    if ('as' in body) named.set(body.as, body.do === 'give-task' ? 'task' : 'incident');
    return body.do === 'crisis' ? keptUp(atS, body, untilOf(parts, i, body.area)) : [{ atS, body }];
  });
  return all.sort((a, b) => a.atS - b.atS);
}

/** The moment another word on the same area takes its place, seconds. */
function untilOf({ written, moments, durationS }: DecisionParts, i: number, area: string): number {
  const next = written.findIndex(
    (one, at) => at > i && (one.do === 'crisis' || one.do === 'crisis-end') && one.area === area,
  );
  return moments[next] ?? durationS;
}

function keptUp(atS: number, body: Extract<DecisionBody, { do: 'crisis' }>, untilS: number): Decision[] {
  const endS = Math.min(untilS, atS + body.forS);
  const times = Math.max(1, Math.ceil((endS - atS) / PROLONG_S));
  return Array.from({ length: times }, (_, i) => {
    const saidS = atS + i * PROLONG_S;
    return { atS: saidS, body: { ...body, forS: Math.max(60, Math.min(CRISIS_S, atS + body.forS - saidS)) } };
  });
}

interface Around {
  readonly i: number;
  readonly named: ReadonlyMap<string, 'incident' | 'task'>;
  readonly words: ScenarioWords;
}

function check(source: Source, body: DecisionBody, { i, named, words }: Around): void {
  const path: FieldPath = ['decisions', i];
  if ('of' in body) {
    const wanted = body.do === 'task' ? 'task' : 'incident';
    if (named.get(body.of) !== wanted)
      throw source.fault([...path, 'of'], `no ${wanted} above it is called ${body.of} (as: ${body.of})`);
  }
  if ('as' in body && named.has(body.as))
    throw source.fault([...path, 'as'], `there is one called ${body.as} above it: give it another name`);
  const action = actionOf(body);
  if (!words.mayEver(body.by, action))
    throw source.fault([...path, 'by'], `${body.by} may never ${action}: see server/access/rights.yaml`);
  if ('where' in body) checkColumns(source, body, { path, words });
  checkSaid(source, body, path);
}

/** What is asked of the rights of whoever does it, as its route asks. */
export function actionOf(body: DecisionBody): Action {
  switch (body.do) {
    case 'crisis':
    case 'crisis-end':
      return 'switch-mode';
    case 'incident-from-row':
    case 'incident-report':
      return 'report-incidents';
    case 'incident':
      return 'handle-incidents';
    case 'give-task':
      return 'give-tasks';
    case 'task':
      return isDoneByUnit(body.step) ? 'do-tasks' : 'give-tasks';
    case 'confirm-cluster':
    case 'merge-clusters':
      return 'answer-alerts';
  }
}

function checkColumns(
  source: Source,
  body: Extract<DecisionBody, { where: unknown }>,
  { path, words }: { path: FieldPath; words: ScenarioWords },
): void {
  const slug = 'layer' in body ? body.layer : 'cluster';
  const columns = words.layers.get(slug);
  if (!columns) throw source.fault([...path, 'layer'], `there is no layer ${slug}`);
  const parts = { where: body.where, ...('into' in body ? { into: body.into } : {}) };
  for (const [part, tests] of Object.entries(parts)) {
    for (const name of Object.keys(tests)) {
      if (columns.has(name) || ['regionCode', 'validAt', 'quality', 'key'].includes(name)) continue;
      const near = words.nearest(name, [...columns]);
      const hint = near === null ? 'correct or remove it' : `did you mean ${near}?`;
      throw source.fault([...path, part, name], `${slug} has no column ${name}: ${hint}`);
    }
  }
}

/** Stands for what is only known when it is done. */
const LATER = { action: 'decision-0', seen: 1 };
/** Stands for the unit that the rules of the city name. */
const SUGGESTED = { unit: 'city' };

function checkSaid(source: Source, body: DecisionBody, path: FieldPath): void {
  const schema =
    body.do === 'incident'
      ? actionSchemas[body.step]
      : body.do === 'task'
        ? taskSchemas[body.step]
        : body.do === 'incident-report'
          ? reportSchema.pick({ facts: true })
          : null;
  if (!schema) return;
  const asked =
    'said' in body
      ? { ...(body.step === 'assign' ? SUGGESTED : {}), ...body.said, ...LATER }
      : 'facts' in body
        ? { facts: body.facts }
        : {};
  const parsed = schema.safeParse(asked);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  const part = 'said' in body ? ['said'] : [];
  throw source.fault([...path, ...part, ...(issue?.path ?? [])], `${issue?.message}: see docs/incidents.md`);
}
