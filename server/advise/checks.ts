// What is refused before anything is run or adopted, and why.
import type { Columns, Label } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { AdoptRequest, AdviceOption, CitedRow, DecisionRun } from '../../contracts/records/advice.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import type { DecisionInput } from '../kit/define-decision.ts';
import type { AdviseActor, AdviseGround, OfferedModel } from './port.ts';

/** @throws CodedError request/not-found, request/unavailable where the city says nothing for it */
export function modelOf(models: ReadonlyMap<string, OfferedModel>, slug: string): OfferedModel {
  const model = models.get(slug);
  if (!model) throw new CodedError('request/not-found', `model ${slug}`);
  if (!model.settings)
    throw new CodedError(
      'request/unavailable',
      `model ${slug}: decisions.yaml of the city has no such section`,
    );
  return model;
}

/** @throws CodedError request/conflict, request/invalid, request/not-found */
export function checkedOption(
  run: DecisionRun,
  asked: AdoptRequest,
  { by, ground }: { readonly by: AdviseActor; readonly ground: Pick<AdviseGround, 'incident'> },
): { readonly option: AdviceOption; readonly incident: Incident } {
  if (run.state !== 'done' || !run.advice)
    throw new CodedError('request/conflict', `run ${run.id} is ${run.state}: only a finished one is adopted`);
  if (run.dismissed || run.adopted.length > 0)
    throw new CodedError('request/conflict', `run ${run.id} was decided on already`);
  if (run.inputs !== asked.inputs)
    throw new CodedError('request/conflict', `inputs: another run was read than ${run.id}`);
  if ((run.changed || run.superseded) && !asked.anyway)
    throw new CodedError(
      'request/conflict',
      `run ${run.id}: its inputs have changed since (输入已变化): run it again, or adopt it anyway`,
    );
  const option = run.advice.options.find(({ id }) => id === asked.option);
  if (!option) throw new CodedError('request/invalid', `option: ${asked.option} is none of run ${run.id}`);
  const incident = ground.incident(asked.incident);
  const units = incident ? [incident.unit, ...incident.assisting].flatMap((unit) => unit?.id ?? []) : [];
  if (!incident || !by.reaches(incident.region, units))
    throw new CodedError('request/not-found', `incident ${asked.incident}`);
  return { option, incident };
}

/** A row a model used, without the columns above these classes. */
export function readable(
  row: CitedRow,
  inputs: readonly DecisionInput[],
  labels: readonly Label[],
): CitedRow {
  const columns: Columns = inputs.find(({ layer }) => layer.slug === row.layer)?.layer.columns ?? {};
  const may = (name: string): boolean => labels.includes(columns[name]?.label ?? 'public');
  return { ...row, values: Object.fromEntries(Object.entries(row.values).filter(([name]) => may(name))) };
}
