// What an entry of an incident did, in words.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { type Verb, verbTitles } from '../../contracts/records/incident.ts';
import { taskEntryTitle } from '../../contracts/records/task.ts';

const reported = title('接报', 'Reported');

/** `verb`: of an incident, task-<verb> of a task, or report; another one stands for itself. */
export function verbTitleOf(verb: string): Title {
  if (verb === 'report') return reported;
  const other = { zh: verb, en: verb };
  return taskEntryTitle(verb) ?? (verb in verbTitles ? verbTitles[verb as Verb] : other);
}
