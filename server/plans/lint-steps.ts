// Steps of a plan: who does them, until when, after what. Pure.
import type { PlanStep } from '../../contracts/records/plan.ts';
import { compareLevels } from '../../contracts/records/plan.ts';
import type { LintParts } from './finding.ts';
import { error, warning, words } from './finding.ts';
import { unitOfRole } from './roles.ts';
import { cycleOf } from './schedule.ts';

export function lintSteps(parts: LintParts): void {
  for (const step of parts.plan.steps) {
    lintRole(step, parts);
    lintDeadline(step, parts);
    lintBefore(step, parts);
    lintLevel(step, parts);
  }
  const cycle = cycleOf(parts.plan.steps);
  if (!cycle) return;
  const first = parts.plan.steps.find(({ id }) => id === cycle[0]);
  const way = [...cycle, cycle[0]].join(' → ');
  parts.found(
    error('step-cycle', { clause: first?.clause ?? '', where: `steps.${cycle[0] ?? ''}.after` }, [
      words(`步骤互为前置：${way}`, `Steps wait for each other: ${way}`),
      words('去掉其中一个前置关系', 'Take one of them out of `after`'),
    ]),
  );
}

function lintRole({ id, clause, role }: PlanStep, { plan, ground, found }: LintParts): void {
  const at = { clause, where: `steps.${id}.role` };
  if (role === null) {
    found(
      error('role-missing', at, [
        words(`步骤“${id}”没有责任人`, `Nobody is to do step “${id}”`),
        words('指定工作组、办公室或单位', 'Name a working group, the office or a unit'),
      ]),
    );
    return;
  }
  const unit = unitOfRole(plan, role);
  if (unit !== null && ground.units.has(unit)) return;
  const known = ['chief', 'office', ...plan.groups.map((group) => group.id)].join('、');
  found(
    error('role-unknown', at, [
      words(`步骤“${id}”的责任人“${role}”不存在`, `Step “${id}” is bound to “${role}”, which is nobody`),
      words(`改为 ${known} 或机构表中的单位`, `Use one of ${known}, or a unit of the organisation`),
    ]),
  );
}

function lintDeadline({ id, clause, withinMin }: PlanStep, { found }: LintParts): void {
  if (withinMin !== null) return;
  found(
    error('deadline-missing', { clause, where: `steps.${id}.withinMin` }, [
      words(`步骤“${id}”没有时限`, `Step “${id}” has no deadline`),
      words('写明启动或前置步骤之后多少分钟内完成', 'Say within how many minutes it is to be done'),
    ]),
  );
}

function lintBefore({ id, clause, after, from }: PlanStep, { plan, found }: LintParts): void {
  const at = { clause, where: `steps.${id}.after` };
  for (const other of after) {
    const before = plan.steps.find((one) => one.id === other);
    if (!before) {
      found(
        error('step-unknown', at, [
          words(
            `步骤“${id}”的前置步骤“${other}”不存在`,
            `Step “${id}” waits for “${other}”, which is no step`,
          ),
          words('改正或去掉该前置步骤', 'Correct it, or take it out'),
        ]),
      );
    } else if (compareLevels(before.from, from) > 0) {
      found(
        warning('step-order', at, [
          words(
            `步骤“${id}”自${from}级起执行，其前置“${other}”要到${before.from}级才执行`,
            `Step “${id}” is done from level ${from}, what it waits for, “${other}”, only from ${before.from}`,
          ),
          words(
            '较轻级别时将不等待该前置；请确认',
            'At lighter levels it will not wait: see that this is meant',
          ),
        ]),
      );
    }
  }
}

function lintLevel({ id, clause, from }: PlanStep, { plan, found }: LintParts): void {
  if (plan.levels[from]) return;
  found(
    error('level-unknown', { clause, where: `steps.${id}.from` }, [
      words(
        `步骤“${id}”自${from}级起执行，而预案没有规定${from}级响应`,
        `Step “${id}” is done from level ${from}, for which the plan has no conditions`,
      ),
      words('写明该级启动条件，或改正级别', 'Write its start condition, or correct the level'),
    ]),
  );
}
