// Options (方案): what can be decided for an incident, side by side with what speaks for and against each, before a person
// decides (docs/orders.md). What is shown is what is known: nothing is estimated.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base } from './action-parts.ts';
import { evidenceAsked } from './evidence-pack.ts';
import type { Grade } from './incident.ts';

/** How a reason came about: by a rule a machine can check, or one that only people can judge. */
export const reasonKindTitles = {
  met: title('符合', 'Met'),
  unmet: title('不符合', 'Not met'),
  judge: title('待人工判断', 'For people to judge'),
} as const;
export type ReasonKind = keyof typeof reasonKindTitles;

export interface OptionReason {
  readonly kind: ReasonKind;
  readonly text: Title;
  /** The clause it stands in; '' : of none. */
  readonly clause: string;
}

export interface DecisionOption {
  /** `<plan>@<version>/<level>`, or `none`. */
  readonly id: string;
  readonly title: Title;
  /** null: none is started. */
  readonly plan: { readonly id: string; readonly version: number; readonly level: Grade } | null;
  /** The clause of the level; '' : of none. */
  readonly clause: string;
  readonly reasons: readonly OptionReason[];
  /** How sure this is: so many of the rules a machine can check are met. Never a guess. */
  readonly confidence: { readonly met: number; readonly checked: number };
  /** What it would set going. */
  readonly steps: number;
  readonly units: number;
  /** The rules point to it first. */
  readonly recommended: boolean;
}

export interface OptionSheet {
  readonly incident: number;
  /** Sequence of the incident it was made of. */
  readonly seq: number;
  /** City clock when it was made, epoch ms. */
  readonly at: number;
  /** Rows that stand as evidence of the incident: `<layer>/<key>`. */
  readonly evidence: readonly string[];
  /** What the rules point to first, first; the last is to start none. */
  readonly options: readonly DecisionOption[];
  /** Of all that is shown: whoever chooses says which sheet they read. */
  readonly hash: string;
}

export interface OptionChoice {
  /** Sequence of its entry. */
  readonly id: number;
  readonly incident: number;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly chosen: DecisionOption;
  readonly reason: string;
  /** What was on the sheet and not chosen. */
  readonly rejected: readonly DecisionOption[];
  readonly evidence: { readonly id: number; readonly hash: string };
}

export const chooseSchema = z.strictObject({
  action: base.action,
  /** Of the sheet that was read: another is shown meanwhile, 409. */
  sheet: z.string().min(10).max(100),
  chosen: z.string().min(1).max(120),
  reason: z.string().trim().min(1).max(500),
  ...evidenceAsked,
});
export type ChooseRequest = z.infer<typeof chooseSchema>;

export interface OptionPage {
  readonly sheet: OptionSheet;
  /** Newest first. */
  readonly choices: readonly OptionChoice[];
  readonly names: Readonly<Record<string, string>>;
}
