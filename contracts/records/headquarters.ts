// Command organisation (docs/crisis.md): who sits where in a headquarters (指挥部), the 1+8+N emergency centres, and roll-calls
// (点名): requests, and what screens get.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, reason, unit } from './action-parts.ts';
import type { CallKind } from './call.ts';
import type { Crisis } from './crisis.ts';
import type { Fact, Grade, UnitRef } from './incident.ts';
import type { TaskState } from './task.ts';

const { action } = base;

export const seatHowTitles = {
  roster: title('按值班表', 'by roster'),
  appoint: title('任命', 'appointed'),
  'hand-over': title('交接', 'handed over'),
  'stand-in': title('代理', 'stand-in'),
} as const;
export type SeatHow = keyof typeof seatHowTitles;

/** Binds a person to a seat of an activated plan. */
export const seatSchema = z.strictObject({
  action,
  /** Id of the activation. */
  run: z.int().positive(),
  /** `chief`, `deputy-0`, `office`, `group:<id>`. */
  seat: z.string().regex(/^(chief|office|deputy-\d{1,2}|group:[a-z0-9-]{1,80})$/),
  how: z.enum(['appoint', 'hand-over', 'stand-in']),
  name: z.string().trim().min(1).max(40),
  /** Of the account, where there is one. */
  account: z.string().trim().max(60).default(''),
  /** Of a stand-in: until then, epoch ms; null: until it is said otherwise. */
  until: z.int().positive().nullable().default(null),
  reason,
});
export type SeatRequest = z.output<typeof seatSchema>;

/** centres: the city and its counties (1+8). all: their posts too (N). */
export const callScopes = ['centres', 'all'] as const;
export const rollCallSchema = z.strictObject({
  action,
  scope: z.enum(callScopes),
  /** Code of the city, or of the county whose posts are called. */
  area: z.string().regex(/^\d{6}$/),
  withinMin: z.int().min(1).max(120),
  text: z.string().trim().max(200).default(''),
});
export type RollCallRequest = z.output<typeof rollCallSchema>;

export const readinessTitles = {
  ready: title('到位', 'Ready'),
  limited: title('部分到位', 'Partly ready'),
  'not-ready': title('未到位', 'Not ready'),
} as const;
export type Readiness = keyof typeof readinessTitles;
/** `happenedAt`: when it was answered, where a phone without a network sends it later. */
export const answerCallSchema = z.strictObject({
  ...base,
  unit,
  state: z.enum(Object.keys(readinessTitles) as [Readiness, ...Readiness[]]),
  /** People on post. */
  people: z.int().min(0).max(9999),
  text: z.string().trim().max(200).default(''),
});
export type AnswerCallRequest = z.output<typeof answerCallSchema>;
export const endCallSchema = z.strictObject({ action, reason });
export type EndCallRequest = z.output<typeof endCallSchema>;

export interface Holder {
  readonly name: string;
  readonly account: string;
  readonly how: SeatHow;
  /** Epoch ms; null: by the roster of the shift that runs. */
  readonly since: number | null;
  readonly until: number | null;
  readonly by: string;
  readonly reason: string;
}

export interface Seat {
  readonly seat: string;
  readonly title: Title;
  readonly unit: UnitRef;
  /** null: nobody is named, by hand or by a roster. */
  readonly holder: Holder | null;
}

export interface TaskCounts {
  readonly open: number;
  readonly late: number;
  readonly done: number;
}

export interface WorkingGroup extends Seat {
  readonly members: readonly UnitRef[];
  readonly tasks: TaskCounts;
}

/** One change of a seat, oldest first. */
export interface SeatLine extends Holder {
  readonly seat: string;
  readonly at: number;
}

/** Of one activated plan. */
export interface Headquarters {
  readonly run: number;
  readonly plan: Title;
  readonly incident: number;
  readonly incidentNo: string;
  readonly level: Grade;
  /** Chief, deputies, office. */
  readonly seats: readonly Seat[];
  readonly groups: readonly WorkingGroup[];
  readonly log: readonly SeatLine[];
}

export interface CallAnswer {
  readonly unit: string;
  readonly at: number;
  readonly by: string;
  readonly state: Readiness;
  readonly people: number;
  readonly text: string;
  readonly isLate: boolean;
}

export interface RollCall {
  /** Sequence of its entry. */
  readonly id: number;
  readonly at: number;
  readonly by: string;
  readonly area: string;
  readonly dueAt: number;
  readonly text: string;
  readonly called: readonly UnitRef[];
  readonly answers: readonly CallAnswer[];
  readonly missing: readonly UnitRef[];
  /** When those above were told who is missing; null: not yet, or nobody is. */
  readonly escalatedAt: number | null;
  readonly endedAt: number | null;
}

export interface Centre {
  readonly unit: UnitRef;
  readonly kind: 'city' | 'county' | 'post';
  /** Names of who is on duty by the roster. */
  readonly onDuty: readonly string[];
  /** Of the last roll-call it answered; null: it never did. */
  readonly last: CallAnswer | null;
}

/** GET /api/headquarters. */
export interface HeadquartersView {
  readonly now: number;
  readonly headquarters: readonly Headquarters[];
  readonly centres: readonly Centre[];
  /** Newest first. */
  readonly calls: readonly RollCall[];
}

/** One task of the board (GET /api/task-board): of every open incident. */
export interface BoardTask {
  readonly id: number;
  readonly text: string;
  readonly unit: UnitRef;
  /** Working group of the plan it came from; null: it came from none. */
  readonly group: Title | null;
  readonly plan: Title | null;
  readonly incident: number;
  readonly incidentNo: string;
  readonly incidentTitle: string;
  readonly state: TaskState;
  readonly givenAt: number;
  readonly dueAt: number | null;
  readonly isLate: boolean;
}

/** A number of people or houses out of the record of an incident. */
export interface ReportedFigure {
  readonly fact: Fact;
  /** null: nobody has reported it. */
  readonly value: number | null;
  /** When we knew it. */
  readonly at: number | null;
  readonly incidentNo: string;
}

/** A clause the plans of this kind of incident recommend. */
export interface RecommendedClause {
  readonly plan: Title;
  readonly no: string;
  readonly title: Title;
  readonly text: Title;
  readonly level: Grade;
  readonly isActive: boolean;
}

/** Who is asked for an answer, and has not given it (通信). Units and counts; times are epoch ms. */
export interface Communication {
  /** Somebody's answer is missing; what is due first, first. */
  readonly calls: readonly {
    readonly kind: CallKind;
    /** Of a call to units; '' : the roll of the command. */
    readonly no: string;
    readonly at: number;
    readonly dueAt: number;
    readonly called: number;
    readonly answered: number;
  }[];
  readonly orders: {
    /** All that are not over. */
    readonly open: number;
    /** Nobody acknowledged them yet; whose time is over first, first. */
    readonly waiting: readonly {
      readonly no: string;
      readonly to: Title;
      /** To be acknowledged until then. */
      readonly dueAt: number;
      readonly isLate: boolean;
      /** Steps up so far. */
      readonly escalations: number;
    }[];
  };
  /** The one called last; null: none is on. */
  readonly meeting: {
    readonly no: string;
    readonly at: number;
    readonly address: string;
    readonly called: number;
    /** Who says that they come. */
    readonly coming: number;
  } | null;
}

/** What a wall shows of 战时, without a name of a person. */
export interface CrisisRoom {
  readonly now: number;
  readonly crises: readonly Pick<
    Crisis,
    'area' | 'name' | 'responses' | 'level' | 'sinceAt' | 'until' | 'isAlone'
  >[];
  /** null: no incident is named, so that there is no record to read. */
  readonly figures: readonly ReportedFigure[] | null;
  readonly tree: readonly {
    readonly plan: Title;
    readonly level: Grade;
    readonly seats: readonly { readonly title: Title; readonly unit: Title; readonly isHeld: boolean }[];
    readonly groups: readonly {
      readonly title: Title;
      readonly unit: Title;
      readonly isHeld: boolean;
      readonly tasks: TaskCounts;
    }[];
  }[];
  readonly clauses: readonly RecommendedClause[];
  /** The last roll-call; null: none was called. */
  readonly rollCall: {
    readonly at: number;
    readonly dueAt: number;
    readonly called: number;
    readonly answered: number;
    readonly notReady: number;
    readonly missing: readonly Title[];
  } | null;
}

/** GET /api/crisis/room. */
export interface CrisisRoomPage extends CrisisRoom {
  readonly communication: Communication;
}
