// What is looked at before a roster is kept: who stands in it twice, at two desks at once, or without an account; and what
// it would change for each person.
import { title } from '../../contracts/declare.ts';
import type { DutyPerson, RosterShift, ShiftTime } from '../../contracts/records/duty.ts';
import { postTitles } from '../../contracts/records/duty.ts';
import type { SettingEffect, SettingEffects } from '../../contracts/records/city-setting.ts';

/** Between two shifts of one person, where a person can sleep. */
const REST_MS = 8 * 3_600_000;

/** Somebody's shift elsewhere or at another time. */
export interface OtherShift {
  readonly of: RosterShift;
  readonly time: ShiftTime;
  /** Name of the unit. */
  readonly unit: { readonly zh: string; readonly en: string };
}

interface Checked {
  readonly time: ShiftTime;
  readonly people: readonly DutyPerson[];
  /** Of all units, from the day before to the day after, without the one that is changed. */
  readonly others: readonly OtherShift[];
}

const isSame = (a: DutyPerson, b: DutyPerson): boolean =>
  a.account === '' || b.account === '' ? a.name === b.name : a.account === b.account;
const overlap = (a: ShiftTime, b: ShiftTime): boolean => a.startAt < b.endAt && b.startAt < a.endAt;

/** What is wrong and where, as "people.1.account: …"; null: it fits. Only an account is surely the same person. */
export function rosterFault(
  { time, people, others }: Checked,
  knowsAccount: (id: string) => boolean,
): string | null {
  for (const [at, one] of people.entries()) {
    const earlier = people.findIndex((other) => isSame(one, other));
    if (earlier < at) return `people.${at}.name: ${one.name} stands at place ${earlier + 1} already`;
    if (one.account === '') continue;
    if (!knowsAccount(one.account)) return `people.${at}.account: there is no account ${one.account}`;
    const elsewhere = others.find(
      (other) => overlap(time, other.time) && other.of.people.some(({ account }) => account === one.account),
    );
    if (elsewhere)
      return `people.${at}.account: ${one.account} has ${elsewhere.time.id} of ${elsewhere.of.unit} on ${elsewhere.of.day} at the same time`;
  }
  return null;
}

/** Who comes, who goes, who has another post, and who has too little rest. */
export function rosterEffects(before: readonly DutyPerson[], checked: Checked): SettingEffects {
  const { people } = checked;
  const none = title('不在本班', 'not on it');
  const names = [...new Set([...before, ...people].map(({ name }) => name))];
  const changed = names.flatMap((name): SettingEffect[] => {
    const [was, is] = [before, people].map((list) => list.find((one) => one.name === name));
    if (was?.post === is?.post && was?.account === is?.account) return [];
    const words = (one: DutyPerson | undefined) => (one ? postTitles[one.post] : none);
    return [{ what: title(name, name), before: words(was), after: words(is) }];
  });
  return { effects: [...changed, ...restOf(checked)], seen: names.length + checked.others.length };
}

function restOf({ time, people, others }: Checked): SettingEffect[] {
  return people.flatMap((one) =>
    others
      .filter(
        (other) =>
          other.of.people.some((them) => isSame(one, them)) &&
          time.startAt < other.time.endAt + REST_MS &&
          other.time.startAt < time.endAt + REST_MS,
      )
      .map(({ of, time: theirs, unit }) => ({
        what: title(`${one.name}：注意`, `${one.name}: mind`),
        before: title(
          `${of.day} ${theirs.name.zh}（${unit.zh}）`,
          `${theirs.name.en} of ${of.day} (${unit.en})`,
        ),
        after: overlap(time, theirs)
          ? title('同时排了两个班', 'two shifts at once')
          : title('两班间隔不足 8 小时', 'less than 8 h between the two'),
      })),
  );
}
