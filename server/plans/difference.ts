// How two versions of a plan differ, by clause: parts that came, went, or say something else. Pure.
import type { Title } from '../../contracts/column.ts';
import type { FieldChange, PlanChange } from '../../contracts/records/plan-findings.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import { responseTitles } from '../../contracts/records/plan.ts';
import type { Grade } from '../../contracts/records/incident.ts';

interface Part {
  readonly part: string;
  readonly id: string;
  readonly clause: string;
  readonly name: Title;
  readonly value: unknown;
}

const mark = (zh: string, en: string): Title => ({ zh, en });

/** In the order of `after`, what went at the end; by clause within a part. Empty: they say the same. */
export function differenceOf(before: Plan, after: Plan): readonly PlanChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const keyOf = ({ part, id }: Part): string => `${part} ${id}`;
  const had = new Map(old.map((one) => [keyOf(one), one]));
  const has = new Set(now.map(keyOf));
  const changes = now.flatMap((one): PlanChange[] => {
    const was = had.get(keyOf(one));
    if (!was) return [changeOf('added', one, [])];
    const fields = fieldsOf(was.value, one.value);
    return fields.length === 0 ? [] : [changeOf('changed', one, fields)];
  });
  const gone = old.filter((one) => !has.has(keyOf(one))).map((one) => changeOf('removed', one, []));
  return [...changes, ...gone];
}

const changeOf = (
  kind: PlanChange['kind'],
  { part, id, clause, name }: Part,
  fields: readonly FieldChange[],
): PlanChange => ({ kind, part, id, clause, name, fields });

function partsOf(plan: Plan): Part[] {
  const { command, groups, levels, clauses, steps, contacts, ...general } = plan;
  const byClause = <T extends { readonly clause: string }>(of: readonly T[]): T[] =>
    [...of].sort((a, b) => a.clause.localeCompare(b.clause, 'en', { numeric: true }));
  return [
    { part: 'general', id: '', clause: '', name: mark('总体', 'General'), value: general },
    ...[
      {
        part: 'command',
        id: '',
        clause: command.chief.clause,
        name: mark('指挥部', 'Command'),
        value: command,
      },
    ],
    ...byClause(groups).map((value) => ({ part: 'groups', ...value, value })),
    ...Object.entries(levels).map(([level, value]) => ({
      ...{ part: 'levels', id: level, clause: value.clause, name: responseTitles[level as Grade], value },
    })),
    ...clauses.map((value) => ({
      ...{ part: 'clauses', id: value.no, clause: value.no, name: value.title, value },
    })),
    ...byClause(steps).map((value) => ({ part: 'steps', ...value, name: value.text, value })),
    ...contacts.map((value) => ({
      part: 'contacts',
      id: `${value.unit} ${value.post.zh}`,
      clause: '',
      name: value.post,
      value,
    })),
  ];
}

/** Leaves of the two that differ, by their path. */
function fieldsOf(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((field): FieldChange[] => {
    const [was, is] = [old.get(field) ?? null, now.get(field) ?? null];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

/** Lists of words are one leaf each: what matters is the whole. */
function leavesOf(value: unknown, path = ''): Map<string, string> {
  const isWords = Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
  if (typeof value !== 'object' || value === null || isWords) {
    const text = isWords ? (value as unknown[]).join(', ') : value === null ? '' : String(value);
    return new Map([[path, text]]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, one]) => [
      ...leavesOf(one, path === '' ? name : `${path}.${name}`),
    ]),
  );
}
