// An export that needs the word of a second person: what is asked for, why, who decided, and whether it was fetched.
import { z } from 'zod';
import type { Label } from '../column.ts';

/** Objects of one export. */
export const MOST_EXPORT_KEYS = 500;

const reason = z.string().trim().min(4).max(500);
/** Epoch ms. */
const moment = z.int().nonnegative();

/** Observations of a layer in a range of time; personal data is in it as far as the class of whoever asks reaches. */
const layerExport = z.strictObject({
  kind: z.literal('layer'),
  layer: z.string().min(1).max(60),
  format: z.enum(['geojson', 'csv']),
  from: moment,
  to: moment,
  /** Absent: all objects. */
  keys: z.array(z.string().min(1).max(200)).min(1).max(MOST_EXPORT_KEYS).optional(),
  language: z.enum(['zh', 'en']).default('zh'),
  /** false: personal data is left out, and the range or the size is what needs the approval. */
  withPersonal: z.boolean(),
});
/** A stretch of the past of all that somebody sees, with personal data. */
const recordingExport = z.strictObject({
  kind: z.literal('recording'),
  from: moment,
  to: moment,
  /** Milliseconds between two states; 0: every tick. */
  stepMs: z.int().min(0).max(600_000),
  withPersonal: z.boolean(),
});

const exportSubjectSchema = z.discriminatedUnion('kind', [layerExport, recordingExport]);
export type ExportSubject = z.infer<typeof exportSubjectSchema>;
export type LayerExport = z.infer<typeof layerExport>;
export type RecordingExport = z.infer<typeof recordingExport>;

export const askExportSchema = z.strictObject({ asked: exportSubjectSchema, reason });
export type AskExport = z.infer<typeof askExportSchema>;
export const decideExportSchema = z.strictObject({ reason });

/** Why an export needs a second person: data about people in it, a long range of the whole city, very many rows. */
export type ExportLimit = 'personal' | 'range' | 'rows';

/** What was measured of an export. */
export interface ExportMeasure {
  /** About how many observations; null: not counted in rows. */
  readonly rows: number | null;
  /** Highest class of its columns. */
  readonly label: Label;
  /** Hours it reaches over. */
  readonly hours: number;
  /** Not cut to an area of its own nor to chosen objects. */
  readonly isWholeCity: boolean;
}

/** asked: waits; approved: may be fetched; declined, fetched, expired: over. */
export type ExportState = 'asked' | 'approved' | 'declined' | 'fetched' | 'expired';

export interface ExportRequest {
  /** Sequence of its first entry. */
  readonly id: number;
  /** Account that asked, and its name for people. */
  readonly by: string;
  readonly name: string;
  readonly at: number;
  /** The world its rows are of. */
  readonly world: string;
  readonly asked: ExportSubject;
  readonly measure: ExportMeasure;
  readonly limits: readonly ExportLimit[];
  readonly reason: string;
  readonly state: ExportState;
  /** Until when it can be decided on, or fetched; epoch ms; null where it is over. */
  readonly until: number | null;
  readonly decided: {
    readonly by: string;
    readonly name: string;
    readonly at: number;
    readonly isApproved: boolean;
    readonly reason: string;
  } | null;
  readonly fetchedAt: number | null;
}

/** A list or a chart that a page saves as a file itself: the server is told before. */
export const savedListSchema = z.strictObject({
  what: z.enum(['list', 'chart']),
  /** Slug of the layer of a list, title of a chart. */
  id: z.string().min(1).max(200),
  format: z.enum(['csv', 'geojson', 'xlsx']),
  rows: z.int().min(0).max(10_000_000),
  /** Columns of the layer that stand in it. */
  columns: z.array(z.string().min(1).max(60)).max(200).default([]),
});
export type SavedList = z.infer<typeof savedListSchema>;
