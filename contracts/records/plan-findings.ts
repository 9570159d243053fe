// What the linter finds in a plan, and how two versions of one differ: by clause.
import type { Title } from '../column.ts';
import { title } from '../declare.ts';

/** An error stands against the approval; a warning is shown before it. */
export type FindingSeverity = 'error' | 'warning';

export const findingTitles = {
  'phone-invalid': title('电话格式无效', 'Invalid number'),
  'phone-dead': title('电话不通', 'Dead number'),
  'phone-unchecked': title('电话久未核验', 'Number not tried lately'),
  'contact-missing': title('缺联系方式', 'No contact'),
  'shelter-in-hazard': title('安置点在危险区内', 'Shelter in a hazard zone'),
  'team-booked-twice': title('队伍重复占用', 'Team booked twice'),
  'deputy-missing': title('缺副职', 'Deputy missing'),
  'role-missing': title('步骤无责任人', 'Step without a role'),
  'role-unknown': title('责任角色不存在', 'Unknown role'),
  'deadline-missing': title('步骤无时限', 'Step without a deadline'),
  'place-unknown': title('地点不存在', 'Unknown place'),
  'resource-unknown': title('力量物资不存在', 'Unknown resource'),
  'unit-unknown': title('单位不存在', 'Unknown unit'),
  'step-unknown': title('前置步骤不存在', 'Unknown step'),
  'step-cycle': title('步骤互为前置', 'Cycle of steps'),
  'step-order': title('前置步骤启动更晚', 'Step before begins at a graver level'),
  'clause-unknown': title('条款不存在', 'Unknown clause'),
  'id-twice': title('编号重复', 'Id used twice'),
  'level-unknown': title('响应级别未规定', 'Level without conditions'),
} as const;
export type FindingKind = keyof typeof findingTitles;

export interface PlanFinding {
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  /** Number of the clause; '' where it is about none. */
  readonly clause: string;
  /** Where in the plan: `steps.close-g212.places`. */
  readonly where: string;
  /** What is wrong. */
  readonly what: Title;
  /** What to do. */
  readonly remedy: Title;
}

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface FieldChange {
  /** `withinMin`, `text.zh`, … */
  readonly field: string;
  /** As text; null: it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** One part of a plan that differs between two versions. */
export interface PlanChange {
  readonly kind: ChangeKind;
  /** `general`, `command`, `groups`, `levels`, `clauses`, `steps`, `contacts`. */
  readonly part: string;
  /** Id within the part; '' where the part is one. */
  readonly id: string;
  /** Number of the clause it belongs to; '' where it is none's. */
  readonly clause: string;
  readonly name: Title;
  /** Of one that was changed. */
  readonly fields: readonly FieldChange[];
}
