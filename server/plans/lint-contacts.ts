// The telephone numbers of a plan: those that can be none, that nobody answered, that nobody has tried lately. Pure.
import type { Plan } from '../../contracts/records/plan.ts';
import type { LintParts } from './finding.ts';
import { error, warning, words } from './finding.ts';
import { isPhone } from './phone.ts';
import { unitOfRole } from './roles.ts';

/** Numbers are tried twice a year. */
const TRIED_DAYS = 183;
const DAY_MS = 86_400_000;

export function lintContacts({ plan, ground, now, found }: LintParts): void {
  for (const [index, { unit, post, phone, checked }] of plan.contacts.entries()) {
    const at = { clause: clauseOf(plan, unit), where: `contacts.${index}.phone` };
    const who = words(`${post.zh} ${phone}`, `${post.en}, ${phone}`);
    if (!isPhone(phone))
      found(
        error('phone-invalid', at, [
          words(`${who.zh}：不是有效的电话号码`, `${who.en}: no number that can be dialled`),
          words('核对后改正，固定电话加区号', 'Correct it; land lines with their area code'),
        ]),
      );
    else if (checked?.reached === false)
      found(
        error('phone-dead', at, [
          words(`${who.zh}：${checked.on} 拨测不通`, `${who.en}: nobody could be reached on ${checked.on}`),
          words('更换为能接通的号码并拨测', 'Put in a number that is answered, and try it'),
        ]),
      );
    else if (!checked || now - Date.parse(checked.on) > TRIED_DAYS * DAY_MS)
      found(
        warning('phone-unchecked', at, [
          checked
            ? words(`${who.zh}：上次拨测 ${checked.on}`, `${who.en}: last tried on ${checked.on}`)
            : words(`${who.zh}：从未拨测`, `${who.en}: never tried`),
          words('拨测一次并记下日期', 'Try it, and write the date down'),
        ]),
      );
  }
  const reached = new Set(plan.contacts.map(({ unit }) => unit));
  const missing = new Map<string, string>();
  for (const { role, clause } of plan.steps) {
    const unit = role === null ? null : unitOfRole(plan, role);
    if (unit !== null && ground.units.has(unit) && !reached.has(unit) && !missing.has(unit))
      missing.set(unit, clause);
  }
  for (const [unit, clause] of missing) {
    const name = ground.units.get(unit)?.name ?? words(unit, unit);
    found(
      warning('contact-missing', { clause, where: 'contacts' }, [
        words(`${name.zh}承担步骤，通讯录中没有电话`, `${name.en} has steps to do and no number`),
        words('在通讯录中补上值班电话', 'Add its duty number'),
      ]),
    );
  }
}

/** Where the unit comes up first. */
function clauseOf({ command, groups }: Plan, unit: string): string {
  const posts = [command.chief, ...command.deputies, command.office];
  const found = posts.find((one) => one.unit === unit) ?? groups.find(({ lead }) => lead === unit);
  return found?.clause ?? '';
}
