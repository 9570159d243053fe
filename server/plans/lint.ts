// What is wrong with a plan before anybody relies on it (docs/plans.md): each finding says clause, what, and what to do. Pure.
import type { FindingSeverity, PlanFinding } from '../../contracts/records/plan-findings.ts';
import type { Plan } from '../../contracts/records/plan.ts';
import type { LintParts } from './finding.ts';
import { error, warning, words } from './finding.ts';
import { lintContacts } from './lint-contacts.ts';
import { lintPlaces, lintTeams } from './lint-places.ts';
import { lintSteps } from './lint-steps.ts';
import type { PlanGround } from './port.ts';

/** Errors first, then by clause. */
export function lint(plan: Plan, ground: PlanGround, now: number): readonly PlanFinding[] {
  const findings: PlanFinding[] = [];
  const parts: LintParts = { plan, ground, now, found: (one) => void findings.push(one) };
  lintIds(parts);
  lintCommand(parts);
  lintUnits(parts);
  lintClauses(parts);
  lintSteps(parts);
  lintPlaces(parts);
  lintTeams(parts);
  lintContacts(parts);
  return findings.sort(
    (a, b) =>
      rank(a.severity) - rank(b.severity) || a.clause.localeCompare(b.clause, 'en', { numeric: true }),
  );
}

const rank = (severity: FindingSeverity): number => (severity === 'error' ? 0 : 1);

function lintIds({ plan, found }: LintParts): void {
  const parts = {
    groups: plan.groups.map(({ id, clause }) => ({ id, clause })),
    steps: plan.steps.map(({ id, clause }) => ({ id, clause })),
    clauses: plan.clauses.map(({ no }) => ({ id: no, clause: no })),
  };
  for (const [part, of] of Object.entries(parts)) {
    const seen = new Set<string>();
    for (const { id, clause } of of) {
      if (seen.has(id))
        found(
          error('id-twice', { clause, where: `${part}.${id}` }, [
            words(`编号“${id}”出现两次`, `“${id}” is there twice`),
            words('为其中一个另取编号', 'Give one of them another id'),
          ]),
        );
      seen.add(id);
    }
  }
}

function lintCommand({ plan, found }: LintParts): void {
  const { chief, deputies } = plan.command;
  if (deputies.length === 0)
    found(
      error('deputy-missing', { clause: chief.clause, where: 'command.deputies' }, [
        words('指挥部没有副总指挥', 'The command has no deputy'),
        words('至少写明一名副总指挥及所在单位', 'Name at least one deputy and their unit'),
      ]),
    );
  for (const { id, name, lead, deputy, clause } of plan.groups) {
    if (deputy !== null && deputy !== lead) continue;
    found(
      warning('deputy-missing', { clause, where: `groups.${id}.deputy` }, [
        words(
          `${name.zh}组${deputy === null ? '没有副牵头单位' : '的副牵头单位就是牵头单位'}`,
          `${name.en} has no deputy of its own`,
        ),
        words('写明牵头单位不能到位时由谁代行', 'Say who stands in where the lead cannot come'),
      ]),
    );
  }
}

function lintUnits({ plan, ground, found }: LintParts): void {
  const { chief, deputies, office } = plan.command;
  const named: { readonly unit: string; readonly clause: string; readonly where: string }[] = [
    { unit: plan.owner, clause: '', where: 'owner' },
    { unit: chief.unit, clause: chief.clause, where: 'command.chief' },
    ...deputies.map(({ unit, clause }, at) => ({ unit, clause, where: `command.deputies.${at}` })),
    { unit: office.unit, clause: office.clause, where: 'command.office' },
    ...plan.groups.flatMap(({ id, lead, deputy, members, clause }) =>
      [lead, ...(deputy === null ? [] : [deputy]), ...members].map((unit) => ({
        ...{ unit, clause, where: `groups.${id}` },
      })),
    ),
    ...plan.contacts.map(({ unit }, at) => ({ unit, clause: '', where: `contacts.${at}` })),
  ];
  for (const { unit, clause, where } of named) {
    if (ground.units.has(unit)) continue;
    found(
      error('unit-unknown', { clause, where }, [
        words(`本市没有单位“${unit}”`, `There is no unit “${unit}” in this city`),
        words('改为机构表中的单位', 'Name a unit of the organisation'),
      ]),
    );
  }
}

function lintClauses({ plan, found }: LintParts): void {
  const known = new Set(plan.clauses.map(({ no }) => no));
  const { chief, deputies, office } = plan.command;
  const wanted: { readonly clause: string; readonly where: string }[] = [
    { clause: chief.clause, where: 'command.chief' },
    ...deputies.map(({ clause }, at) => ({ clause, where: `command.deputies.${at}` })),
    { clause: office.clause, where: 'command.office' },
    ...plan.groups.map(({ id, clause }) => ({ clause, where: `groups.${id}` })),
    ...Object.entries(plan.levels).map(([level, { clause }]) => ({ clause, where: `levels.${level}` })),
    ...plan.steps.map(({ id, clause }) => ({ clause, where: `steps.${id}` })),
  ];
  for (const at of wanted) {
    if (known.has(at.clause)) continue;
    found(
      error('clause-unknown', at, [
        words(`引用了不存在的条款 ${at.clause}`, `Clause ${at.clause} does not exist`),
        words('补上该条款，或改正条款号', 'Add the clause, or correct its number'),
      ]),
    );
  }
}
