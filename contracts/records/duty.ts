// Duty (docs/duty.md): who is on duty when, what one shift hands to the next, and the bulletin (值班要报) out of the logs.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';

export const postTitles = {
  leader: title('带班领导', 'Leader on duty'),
  chief: title('值班长', 'Duty chief'),
  officer: title('值班员', 'Duty officer'),
  driver: title('备勤', 'Stand-by'),
} as const;
export type Post = keyof typeof postTitles;
const posts = Object.keys(postTitles) as [Post, ...Post[]];

export const dutyUnit = z
  .string()
  .regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/, 'a unit of /api/incidents/units');
const day = z.iso.date();
const person = z.strictObject({
  name: z.string().trim().min(1).max(40),
  post: z.enum(posts),
  /** Of the account the seat belongs to, where there is one: the roster binds a person to the seat. */
  account: z.string().trim().max(60).default(''),
});

/** The whole shift anew; `seen` is the version it was made from, 0: there was none. */
export const rosterSchema = z.strictObject({
  unit: dutyUnit,
  day,
  shift: z.string().min(1).max(30),
  people: z.array(person).max(12),
  seen: z.int().nonnegative(),
  reason: z.string().trim().max(500).optional(),
});
/** A roster that is tried: what it would change. */
export const rosterTrySchema = rosterSchema.omit({ seen: true, reason: true });
/** Back to the version before. */
export const rosterUndoSchema = z.strictObject({
  unit: dutyUnit,
  day,
  shift: z.string().min(1).max(30),
  seen: z.int().positive(),
  reason: z.string().trim().min(1).max(500),
});
export const handOverSchema = z.strictObject({
  unit: dutyUnit,
  text: z.string().trim().min(1).max(4000),
});
export const signSchema = z.strictObject({ text: z.string().trim().max(2000).default('') });

export type RosterRequest = z.infer<typeof rosterSchema>;
export type RosterTry = z.infer<typeof rosterTrySchema>;
export type RosterUndoRequest = z.infer<typeof rosterUndoSchema>;
export type HandOverRequest = z.infer<typeof handOverSchema>;
export type DutyPerson = z.infer<typeof person>;

/** A part of the day; over midnight it belongs to the day it begins on. */
export interface Shift {
  readonly id: string;
  readonly name: Title;
  /** HH:MM, local. */
  readonly from: string;
  readonly to: string;
}

export interface ShiftTime extends Shift {
  /** Local day it begins on. */
  readonly day: string;
  /** Epoch ms. */
  readonly startAt: number;
  readonly endAt: number;
}

/** Who has a shift, as it was last said. */
export interface RosterShift {
  readonly unit: string;
  readonly day: string;
  readonly shift: string;
  readonly people: readonly DutyPerson[];
  /** Sequence of the entry that said it. */
  readonly version: number;
  /** How many versions there are. */
  readonly versions: number;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** Something that goes on, as it stood when it was handed over. */
export interface OpenItem {
  readonly kind: 'incident' | 'alert' | 'feed';
  readonly id: string;
  readonly text: Title;
  /** overdue, supervised, unacknowledged, down … */
  readonly marks: readonly Title[];
  /** Code of its area. */
  readonly region: string;
}

export interface HandOver {
  /** Sequence of its entry. */
  readonly id: number;
  readonly unit: string;
  /** The shift that hands over. */
  readonly shift: ShiftTime;
  readonly by: string;
  readonly at: number;
  readonly text: string;
  readonly items: readonly OpenItem[];
  /** null: nobody has taken it over. */
  readonly signed: { readonly by: string; readonly at: number; readonly text: string } | null;
}

/** What the desk shows of duty. */
export interface DutyView {
  readonly now: number;
  readonly shift: ShiftTime | null;
  readonly next: ShiftTime | null;
  readonly shifts: readonly Shift[];
  readonly units: readonly { readonly id: string; readonly name: Title }[];
  /** Who is on duty now, by unit; units without a roster are left out. */
  readonly onDuty: readonly RosterShift[];
  /** Newest first, unsigned ones before all others. */
  readonly handOvers: readonly HandOver[];
  /** Names of accounts that stand in it, where known. */
  readonly names: Readonly<Record<string, string>>;
}

/** Kinds of entries the bulletin counts, and that may be asked of the log: nothing of accounts, nothing with texts of its own. */
export const countedKinds = [
  'incident/report',
  'incident/close',
  'incident/escalate',
  'incident/brief',
  'alert/raise',
  'alert/acknowledge',
  'duty/hand-over',
  'duty/take-over',
  'crisis/commit',
] as const;

/** A number of the bulletin, and the question whose answer it is: whoever asks it again gets the same. */
export interface Figure {
  readonly title: Title;
  readonly value: number;
  /** Address at this server. */
  readonly query: string;
}

export interface BulletinSection {
  readonly title: Title;
  readonly figures: readonly Figure[];
}

/** 值班要报: what happened in a stretch of time, counted out of the logs. */
export interface Bulletin {
  /** Epoch ms, from and with `from`, before `to`. */
  readonly from: number;
  readonly to: number;
  readonly sections: readonly BulletinSection[];
  /** Reported in that time, newest first, fifty at most. */
  readonly incidents: readonly {
    readonly id: number;
    readonly no: string;
    readonly title: string;
    readonly grade: Title | null;
    readonly stage: Title;
    readonly reportedAt: number;
  }[];
}
