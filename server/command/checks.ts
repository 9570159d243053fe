// What an action owes the incident it is about before it is written: pure. Null: nothing stands against it.
import { CodedError } from '../../contracts/errors.ts';
import type { Grade, Incident, LogLine, Verb } from '../../contracts/records/incident.ts';
import { gradeTitles, isOpen, stageTitles, verbTitles } from '../../contracts/records/incident.ts';
import { compareGrades, gradeBy } from './grading.ts';
import { allowedIn, changedBy, heldByTasks } from './stages.ts';

type Said = Readonly<Record<string, unknown>>;

/** What came after the entry somebody had seen. */
export const linesSince = ({ log }: Incident, seen: number): readonly LogLine[] =>
  log.filter(({ seq }) => seq > seen);

/**
 * Whether somebody else changed the same meanwhile, or the stage does not allow it. → why, for people; null: it may be done.
 * @throws CodedError request/invalid for a sequence that does not exist yet
 */
export function conflictOf(
  incident: Incident,
  seen: number,
  { verb, said }: { readonly verb: Verb; readonly said: Said },
): string | null {
  if (seen > incident.seq)
    throw new CodedError('request/invalid', `seen: ${seen} is after the last entry ${incident.seq}`);
  const mine = changedBy(verb, said);
  const other = linesSince(incident, seen).find((line) =>
    changedBy(line.verb, line.said).some((name) => mine.includes(name)),
  );
  if (other) return `${other.by} 已先${wordOf(other.verb)} (${other.by} did ${other.verb} first)`;
  if (allowedIn(incident).includes(verb)) return null;
  const held = heldByTasks(verb, incident.tasks);
  if (held !== null && allowedIn({ ...incident, tasks: [] }).includes(verb)) return held;
  const { zh, en } = stageTitles[incident.stage];
  return `${zh}阶段不能${verbTitles[verb].zh} (${verb} is not possible in stage ${en})`;
}

const wordOf = (verb: string): string => (verb in verbTitles ? verbTitles[verb as Verb].zh : verb);

/** Rules of single actions. @throws CodedError request/invalid naming the member */
export function requireSense(
  incident: Incident,
  { verb, said }: { readonly verb: Verb; readonly said: Said },
  find: (id: number) => Incident | undefined,
): void {
  const bad = (why: string): never => {
    throw new CodedError('request/invalid', why);
  };
  const grade = said['grade'] as Grade;
  switch (verb) {
    case 'grade': {
      const { grade: found, reason } = gradeBy(incident.kind, {
        ...incident.facts,
        ...(said['facts'] as Incident['facts']),
      });
      if (grade !== found && said['reason'] === '')
        bad(`reason: the criteria say ${found} (${reason.zh}): another grade needs a reason`);
      return;
    }
    case 'escalate':
      if (incident.grade === null || compareGrades(grade, incident.grade) >= 0)
        bad(`grade: ${grade} is not graver than ${incident.grade ?? 'none'}`);
      return;
    case 'hand-over': {
      const holder =
        incident.stage === 'assigned' || incident.stage === 'handling' ? incident.unit : incident.desk;
      if (holder && said['unit'] === holder.id) bad(`unit: ${holder.id} has it already`);
      return;
    }
    case 'merge': {
      const whole = find(Number(said['into']));
      if (!whole || whole.id === incident.id || !isOpen(whole))
        bad(`into: ${String(said['into'])} is no other open incident`);
      return;
    }
    case 'split':
      if (
        said['part'] === undefined
          ? said['title'] === undefined
          : !incident.merged.includes(Number(said['part']))
      )
        bad('part: name an incident that was merged into this one, or the title of a new one');
      return;
    case 'supervise':
      if (said['on'] === false && incident.supervised === null) bad('on: it is not supervised');
      return;
    case 'amend':
      if (changedBy(verb, said).length === 0) bad('reason: nothing is amended: name what changes');
      return;
    default:
      return;
  }
}

/** The reason that is kept: what the criteria said, and where people said otherwise, why. */
export function gradeReason(
  { kind, facts }: Pick<Incident, 'kind' | 'facts'>,
  { grade, reason }: { readonly grade: Grade; readonly reason: string },
): { readonly zh: string; readonly en: string } {
  const found = gradeBy(kind, facts);
  if (found.grade === grade) return reason === '' ? found.reason : withNote(found.reason, reason);
  const { zh, en } = gradeTitles[grade];
  return {
    zh: `${found.reason.zh}；人工定为${zh}：${reason}`,
    en: `${found.reason.en}; set to ${en} by hand: ${reason}`,
  };
}

const withNote = ({ zh, en }: { readonly zh: string; readonly en: string }, note: string) => ({
  zh: `${zh}；${note}`,
  en: `${en}; ${note}`,
});
