// Alerts: what people ask for, and an alert as it is listed. Each step is an entry of the log of records.
import { z } from 'zod';
import type { Title } from '../column.ts';
import type { AlertSeverity } from './alert-rule.ts';

const id = z.string().min(1).max(80);
const text = z.string().trim().min(1).max(500);

export const acknowledgeSchema = z.strictObject({ ids: z.array(id).min(1).max(500) });
/** Silent and out of the way until then; it comes back by itself, and at once when it gets worse. */
export const shelveSchema = z.strictObject({ id, reason: text, until: z.int().positive() });
export const unshelveSchema = z.strictObject({ id, reason: text });
export const alertCommentSchema = z.strictObject({ id, text });
/** By hand: it does not come again before what it watches was over once. */
export const clearSchema = z.strictObject({ id, reason: text });

export type AcknowledgeRequest = z.infer<typeof acknowledgeSchema>;
export type ShelveRequest = z.infer<typeof shelveSchema>;
export type UnshelveRequest = z.infer<typeof unshelveSchema>;
export type AlertCommentRequest = z.infer<typeof alertCommentSchema>;
export type ClearRequest = z.infer<typeof clearSchema>;

export const alertKinds = [
  'alert/raise',
  'alert/change',
  'alert/acknowledge',
  'alert/shelve',
  'alert/unshelve',
  'alert/comment',
  'alert/clear',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export const alertStates = ['open', 'acknowledged', 'shelved', 'cleared'] as const;
export type AlertState = (typeof alertStates)[number];

/** Why an alert ended. */
export const clearReasons = ['over', 'row-gone', 'rule-gone', 'by-hand'] as const;
export type ClearReason = (typeof clearReasons)[number];

/** Somebody, at a moment (epoch ms). */
export interface Act {
  readonly by: string;
  readonly at: number;
}

export interface Alert {
  readonly id: string;
  readonly rule: string;
  readonly title: Title;
  readonly severity: AlertSeverity;
  readonly state: AlertState;
  /** Somebody has to act now. */
  readonly alarm: boolean;
  readonly layer: string;
  /** Key of the first row that fired. */
  readonly key: string;
  /** In the unit of `column`; null: the rule asks for no number. */
  readonly value: number | null;
  readonly limit: number | null;
  readonly column: string | null;
  readonly position: readonly [lon: number, lat: number] | null;
  readonly region: string;
  readonly synthetic: boolean;
  /** Epoch ms. */
  readonly since: number;
  /** Rows that hold for the same cause. */
  readonly signals: number;
  readonly chattering: boolean;
  readonly acknowledged: Act | null;
  readonly shelved: (Act & { readonly until: number; readonly reason: string }) | null;
  readonly comments: readonly (Act & { readonly text: string })[];
  readonly cleared: (Act & { readonly why: ClearReason; readonly reason: string | null }) | null;
}

/** Bands of EEMUA 191 for the mean rate of alarms of one operator. */
export const alarmBands = ['acceptable', 'manageable', 'over-demanding', 'unacceptable'] as const;
export type AlarmBand = (typeof alarmBands)[number];

export interface AlarmDiscipline {
  /** Epoch ms: what is counted began then. */
  readonly from: number;
  readonly operators: number;
  /** Alarms raised in the last hour, for one operator. */
  readonly perOperatorHour: number;
  readonly band: AlarmBand;
  /** Most alarms of ten minutes in the last 24 h, for one operator; more than 10 is a flood. */
  readonly peakTenMinutes: number;
  readonly raisedLastDay: number;
  readonly standing: number;
  readonly standingOverADay: number;
  readonly unacknowledged: number;
  readonly shelved: number;
  readonly chattering: number;
  /** Alerts of the last 24 h by severity, percent. */
  readonly shares: Readonly<Record<AlertSeverity, number>>;
  /** The rules that spoke most in the last 24 h. */
  readonly loudest: readonly { readonly rule: string; readonly raised: number }[];
}
