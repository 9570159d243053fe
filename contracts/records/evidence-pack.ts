// An evidence pack (证据包): what was known when somebody decided (docs/orders.md). Written once under its hash and kept for
// ever; the frames of its moment are a recording of that one moment, so that every page can show it as it shows the past.
import { z } from 'zod';
import { title } from '../declare.ts';
import { pastClocks } from '../stretch.ts';
import { base } from './action-parts.ts';
import type { Evidence } from './incident.ts';

export const packCauseTitles = {
  order: title('指令', 'Order'),
  option: title('方案选定', 'Choice of an option'),
  advice: title('采纳推演', 'Advice adopted'),
  situation: title('情况报告', 'Situation report'),
  notice: title('区域通知', 'Notice to an area'),
  hand: title('人工留存', 'Kept by hand'),
} as const;
export type PackCause = keyof typeof packCauseTitles;

/** More rows are no evidence of one decision. */
export const MOST_CITED = 40;

/** What the screen of who decides shows. */
export const packViewSchema = z.strictObject({
  /** Path of the page: /desk, /wall … */
  page: z.string().max(60).default(''),
  /** Slug of the scene; '' : none. */
  scene: z.string().max(60).default(''),
  /** Camera, layers, selection and mode of the map as a share link writes them. */
  shared: z.string().max(8000).default(''),
  /** The moment that is looked at, epoch ms; null: now. */
  at: z.int().positive().nullable().default(null),
  clock: z.enum(pastClocks).default('known'),
});
export type PackView = z.infer<typeof packViewSchema>;
export const citedSchema = z
  .array(z.strictObject({ layer: z.string().min(1).max(60), key: z.string().min(1).max(120) }))
  .max(MOST_CITED)
  .default([]);

/** What every decision says of its evidence. */
export const evidenceAsked = {
  rows: citedSchema,
  view: packViewSchema.prefault({}),
};

export const freezeSchema = z.strictObject({
  action: base.action,
  title: z.string().trim().min(1).max(200),
  incident: z.int().positive().nullable().default(null),
  ...evidenceAsked,
});
export type FreezeRequest = z.infer<typeof freezeSchema>;

export const packQuery = z.strictObject({ incident: z.coerce.number().int().positive().optional() });

/** Whose page was connected, and what it was being sent. */
export interface Present {
  readonly subject: string;
  /** Slugs of the layers it watched; empty: it looked at none, or at the past. */
  readonly layers: readonly string[];
}

/** The layers as they stood, as a file of docs/recordings.md. */
export interface PackFrames {
  /** SHA-256, hex. */
  readonly hash: string;
  readonly bytes: number;
  /** The moment they are of, epoch ms. */
  readonly at: number;
  readonly layers: readonly { readonly slug: string; readonly schema: number; readonly rows: number }[];
}

export interface EvidencePack {
  readonly format: 1;
  readonly city: string;
  readonly world: string;
  readonly build: string;
  readonly isDemo: boolean;
  readonly cause: PackCause;
  readonly title: string;
  readonly incident: { readonly id: number; readonly no: string; readonly seq: number } | null;
  /** Who decided. */
  readonly by: string;
  /** City clock when it was frozen, epoch ms: what was known then. */
  readonly knownAt: number;
  /** Of the youngest row in it, epoch ms: what it was true of; null: it holds no row. */
  readonly validAt: number | null;
  readonly view: PackView;
  /** Rows who decided named, whole. */
  readonly rows: readonly Evidence[];
  /** Indicators of the whole city. */
  readonly indicators: readonly Evidence[];
  /** Warnings in force. */
  readonly warnings: readonly Evidence[];
  readonly present: readonly Present[];
  readonly frames: PackFrames;
}

/** As records name it, and lists. */
export interface PackRef {
  /** Sequence of its entry. */
  readonly id: number;
  /** SHA-256 of its canonical JSON, hex. */
  readonly hash: string;
  readonly cause: PackCause;
  readonly title: string;
  readonly incident: number | null;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

/** For one reader: values above their classes are left out, and counted. */
export interface PackPage {
  readonly ref: PackRef;
  readonly pack: EvidencePack;
  readonly leftOut: number;
  /** Of accounts, where known. */
  readonly names: Readonly<Record<string, string>>;
}
