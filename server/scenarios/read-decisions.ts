// The decisions of one scenario.yaml: what they speak of must be there, and what they say must be what the action takes.
import type { Decision, DecisionBody, WrittenDecision } from '../../contracts/records/decision.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import { isDoneByUnit } from '../../contracts/records/task.ts';
import { taskSchemas } from '../../contracts/records/task-actions.ts';
import type { Action } from '../access/port.ts';
import type { FieldPath } from '../kit/written-file.ts';
import type { ScenarioWords, Source } from './read-scenario.ts';

/** Of every row, beside the columns of its layer. */
export const HEAD_COLUMNS = ['regionCode', 'validAt', 'quality', 'key'];

interface DecisionParts {
  readonly written: readonly WrittenDecision[];
  /** Seconds from the start of each. */
  readonly moments: readonly number[];
  readonly words: ScenarioWords;
}

/** In order of time. @throws WrittenFileError */
export function decisionsOf(source: Source, parts: DecisionParts): Decision[] {
  const { written, moments, words } = parts;
  const named = new Map<string, NamedThing>();
  const all = written.map(({ at: _, ...body }, i) => {
    const atS = moments[i] ?? 0;
    check(source, body, { i, named, words });
    if ('as' in body) named.set(body.as, madeBy(body.do));
    return { atS, body };
  });
  return all.sort((a, b) => a.atS - b.atS);
}

type NamedThing = 'incident' | 'task' | 'closure' | 'statement';

const madeBy = (what: DecisionBody['do']): NamedThing => MADE[what] ?? 'incident';
const MADE: Partial<Record<DecisionBody['do'], NamedThing>> = {
  'give-task': 'task',
  'close-roads': 'closure',
  'draft-statement': 'statement',
};
/** What `of` has to name. */
const namedIn = (what: DecisionBody['do']): NamedThing => WANTED[what] ?? 'incident';
const WANTED: Partial<Record<DecisionBody['do'], NamedThing>> = {
  task: 'task',
  'open-roads': 'closure',
  'approve-statement': 'statement',
};

interface Around {
  readonly i: number;
  readonly named: ReadonlyMap<string, NamedThing>;
  readonly words: ScenarioWords;
}

function check(source: Source, body: DecisionBody, { i, named, words }: Around): void {
  const path: FieldPath = ['decisions', i];
  if ('of' in body && body.of !== undefined) {
    const wanted = namedIn(body.do);
    if (named.get(body.of) !== wanted)
      throw source.fault([...path, 'of'], `no ${wanted} above it is called ${body.of} (as: ${body.of})`);
  }
  if ('as' in body && named.has(body.as))
    throw source.fault([...path, 'as'], `there is one called ${body.as} above it: give it another name`);
  const action = actionOf(body);
  if (!words.mayEver(body.by, action))
    throw source.fault([...path, 'by'], `${body.by} may never ${action}: see server/access/rights.yaml`);
  if ('proposedBy' in body && body.proposedBy === body.by)
    throw source.fault([...path, 'proposedBy'], `${body.by} approves it: another role has to propose it`);
  for (const named of rowsNamed(body)) checkColumns(source, named, { path, words });
  checkRow(source, body, path);
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
    case 'close-roads':
    case 'open-roads':
      return 'close-roads';
    case 'situation':
      return 'issue-situations';
    case 'draft-statement':
      return 'write-messages';
    case 'approve-statement':
      return 'approve-messages';
    case 'confirm-cluster':
    case 'merge-clusters':
      return 'answer-alerts';
  }
}

interface NamedRow {
  readonly layer: string;
  readonly where: Readonly<Record<string, unknown>>;
  readonly nearest?: readonly [number, number] | undefined;
  /** Where its fields stand in the decision, and under which name its tests. */
  readonly in: FieldPath;
  readonly as: 'where' | 'into';
}

/** The rows that a decision speaks of by what they say. */
function rowsNamed(body: DecisionBody): NamedRow[] {
  const whole: Pick<NamedRow, 'in' | 'as'> = { in: [], as: 'where' };
  switch (body.do) {
    case 'incident-from-row':
      return [{ ...whole, layer: body.layer, where: body.where, nearest: body.nearest }];
    case 'confirm-cluster':
      return [{ ...whole, layer: 'cluster', where: body.where }];
    case 'merge-clusters':
      return [
        { ...whole, layer: 'cluster', where: body.where },
        { ...whole, layer: 'cluster', where: body.into, as: 'into' },
      ];
    case 'incident':
      return body.row ? [{ ...body.row, in: ['row'], as: 'where' }] : [];
    case 'draft-statement':
      return body.facts.map((fact, i) => ({ ...fact, in: ['facts', i], as: 'where' as const }));
    default:
      return [];
  }
}

function checkColumns(
  source: Source,
  { layer, where, nearest, in: within, as }: NamedRow,
  { path, words }: { path: FieldPath; words: ScenarioWords },
): void {
  const columns = words.layers.get(layer);
  const hintFor = (name: string, known: Iterable<string>): string => {
    const near = words.nearest(name, [...known]);
    return near === null ? 'correct or remove it' : `did you mean ${near}?`;
  };
  const at = [...path, ...within];
  if (!columns) {
    const hint = hintFor(layer, words.layers.keys());
    throw source.fault([...at, 'layer'], `there is no layer ${layer}: ${hint}`);
  }
  for (const name of Object.keys(where)) {
    if (columns.has(name) || HEAD_COLUMNS.includes(name)) continue;
    throw source.fault([...at, as, name], `${layer} has no column ${name}: ${hintFor(name, columns)}`);
  }
  if (nearest && !columns.has('position'))
    throw source.fault([...at, 'nearest'], `rows of ${layer} have no place: remove it`);
}

/** Only cite takes a row, by what it says or by its key. */
function checkRow(source: Source, body: DecisionBody, path: FieldPath): void {
  if (body.do !== 'incident') return;
  const { step, row, said } = body;
  if (row && step !== 'cite')
    throw source.fault([...path, 'row'], `${step} takes no row: only cite does; remove it`);
  if (row && ('layer' in said || 'key' in said))
    throw source.fault([...path, 'said'], 'say `row`, or `layer` and `key`, not both');
  if (step === 'cite' && !row && !('key' in said))
    throw source.fault(path, 'cite needs `row`: the layer, and `where` what the row says');
}

/** Stands for what is only known when it is done. */
const LATER = { action: 'decision-0', seen: 1 };
/** Stands for the unit that the rules of the city name. */
const SUGGESTED = { unit: 'city' };
/** Stands for the row that fits then. */
const CITED = { layer: 'incident', key: '1' };

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
      ? {
          ...(body.step === 'assign' ? SUGGESTED : {}),
          ...('row' in body && body.row ? CITED : {}),
          ...body.said,
          ...LATER,
        }
      : 'facts' in body
        ? { facts: body.facts }
        : {};
  const parsed = schema.safeParse(asked);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  const part = 'said' in body ? ['said'] : [];
  throw source.fault([...path, ...part, ...(issue?.path ?? [])], `${issue?.message}: see docs/incidents.md`);
}
