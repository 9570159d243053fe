// What a duty officer changes by hand (docs/operator-routes.md): requests, and operations as they are listed.
import { z } from 'zod';

const name = z.string().min(1).max(200);
const reason = z.string().trim().min(1).max(500);
/** Epoch ms. */
const until = z.int().positive();

/** What a sensor reports counts nowhere until then. */
export const silenceSchema = z.strictObject({ layer: name, key: name, reason, until });
/** A column holds a value of a person until then. */
export const fillSchema = z.strictObject({
  layer: name,
  key: name,
  column: name,
  value: z.json(),
  reason,
  until,
});
/** All names of `key` become names of `into`. */
export const mergeSchema = z.strictObject({ layer: name, key: name, into: name, reason });
/** One name of `key` is a thing of its own again. */
export const splitSchema = z.strictObject({ layer: name, key: name, system: name, sourceId: name, reason });
export const feedSwitchSchema = z.strictObject({ feed: name, enabled: z.boolean(), reason });
export const undoSchema = z.strictObject({ id: z.int().positive(), reason });

export type SilenceRequest = z.infer<typeof silenceSchema>;
export type FillRequest = z.infer<typeof fillSchema>;
export type MergeRequest = z.infer<typeof mergeSchema>;
export type SplitRequest = z.infer<typeof splitSchema>;
export type FeedSwitchRequest = z.infer<typeof feedSwitchSchema>;
export type UndoRequest = z.infer<typeof undoSchema>;

export const operationKinds = [
  'sensor/silence',
  'value/fill',
  'alias/merge',
  'alias/split',
  'feed/disable',
  'feed/enable',
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** ended: its time is over, a later one took its place, or it was done at once. */
export const operationStates = ['active', 'ended', 'undone'] as const;
export type OperationState = (typeof operationStates)[number];

export interface Operation {
  /** Sequence of its entry in the log. */
  readonly id: number;
  readonly kind: OperationKind;
  /** Epoch ms. */
  readonly at: number;
  /** Subject id. */
  readonly by: string;
  readonly reason: string;
  /** Epoch ms; null: no end. */
  readonly until: number | null;
  readonly status: OperationState;
  readonly undoable: boolean;
  readonly undone: { readonly at: number; readonly by: string; readonly reason: string } | null;
  /** What was asked for, without reason and end. */
  readonly body: Readonly<Record<string, unknown>>;
}
