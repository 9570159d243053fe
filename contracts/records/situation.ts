// A situation report (情况报告): what is known of an incident when it is issued, out of the logs, each figure with the entries
// and rows it comes from and what it was in the issue before (docs/orders.md). What was issued never changes.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, unit } from './action-parts.ts';
import type { AfterAction } from './after-action.ts';
import { evidenceAsked } from './evidence-pack.ts';
import type { UnitRef } from './incident.ts';

export const situationKindTitles = {
  special: title('专报', 'Special report'),
  follow: title('续报', 'Follow-up'),
  summary: title('总结报告', 'After-action report'),
} as const;
export type SituationKind = keyof typeof situationKindTitles;
export const situationKinds = Object.keys(situationKindTitles) as [SituationKind, ...SituationKind[]];

/** An entry of the log that a figure comes from. */
export interface CitedEntry {
  readonly seq: number;
  /** What it did. */
  readonly what: Title;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface SituationFigure {
  /** The same thing has the same id in each issue. */
  readonly id: string;
  readonly title: Title;
  readonly value: number;
  /** Sequences of the entries it is counted from or was said in. */
  readonly entries: readonly number[];
  /** Rows of the evidence pack it is counted from: `<layer>/<key>`. */
  readonly rows: readonly string[];
  /** In the issue before; null: that had none. */
  readonly before: number | null;
}

export interface SituationSection {
  readonly title: Title;
  readonly figures: readonly SituationFigure[];
}

export interface SituationDecision {
  readonly text: string;
  readonly unit: UnitRef;
  /** Epoch ms; null: no time is set. */
  readonly dueAt: number | null;
}

/** What an issue would hold now. */
export interface SituationDraft {
  readonly kind: SituationKind;
  readonly incident: {
    readonly id: number;
    readonly no: string;
    readonly title: string;
    readonly seq: number;
  };
  readonly sections: readonly SituationSection[];
  readonly cited: readonly CitedEntry[];
  /** Of a summary: what was done when, and what is to become better; absent: it is none. */
  readonly review?: AfterAction;
  /** The issue before; null: this is the first. */
  readonly previous: { readonly id: number; readonly no: string; readonly at: number } | null;
}

export interface Situation extends SituationDraft {
  /** Sequence of its entry. */
  readonly id: number;
  /** For people: `B20260715-002`. */
  readonly no: string;
  /** 第 n 期 of its incident. */
  readonly issue: number;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  /** What whoever issued it wrote: the situation, and what comes next. */
  readonly text: string;
  readonly next: string;
  readonly decisions: readonly SituationDecision[];
  readonly evidence: { readonly id: number; readonly hash: string };
}

const words = z.string().trim().min(1).max(4000);
export const issueSituationSchema = z.strictObject({
  action: base.action,
  incident: z.int().positive(),
  kind: z.enum(situationKinds),
  text: words,
  next: z.string().trim().max(2000).default(''),
  decisions: z
    .array(
      z.strictObject({
        text: z.string().trim().min(1).max(500),
        unit,
        dueAt: z.int().positive().nullable().default(null),
      }),
    )
    .max(20)
    .default([]),
  ...evidenceAsked,
});
export type IssueSituationRequest = z.infer<typeof issueSituationSchema>;
export const MAX_SITUATION_BYTES = 64 * 1024;

export const situationQuery = z.strictObject({ incident: z.coerce.number().int().positive() });
export const draftQuery = z.strictObject({
  incident: z.coerce.number().int().positive(),
  kind: z.enum(situationKinds).default('special'),
});

export interface SituationPage {
  /** Newest first. */
  readonly reports: readonly Situation[];
  /** What may be issued now. */
  readonly kinds: readonly SituationKind[];
  readonly names: Readonly<Record<string, string>>;
}
