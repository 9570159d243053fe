// Alert rules: which there are, whether each is at work and who said so, and what one would have said in the past.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { AlertRuleProblem, AlertSeverity, RuleSwitch } from '../../contracts/records/alert-rule.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** What this page needs of a rule. */
export interface ListedRule {
  readonly id: string;
  readonly name: Title;
  readonly toDo: Title;
  readonly basis: string;
  readonly layer: string;
  readonly enabled: boolean;
}

export interface Firing {
  /** Epoch ms. */
  readonly at: number;
  /** null: it still stood at the end. */
  readonly until: number | null;
  readonly severity: AlertSeverity;
  readonly layer: string;
  readonly key: string;
  readonly title: Title;
}

export interface Trial {
  readonly rule: string;
  readonly from: number;
  /** Up to where it was tried. */
  readonly to: number;
  readonly isComplete: boolean;
  readonly fired: number;
  readonly perDay: number;
  readonly band: 'acceptable' | 'manageable' | 'over-demanding' | 'unacceptable';
  readonly longestMs: number;
  readonly bySeverity: Readonly<Partial<Record<AlertSeverity, number>>>;
  readonly firings: readonly Firing[];
  /** Layers of which nothing was recorded at some time of it. */
  readonly absent: readonly string[];
}

interface Listed {
  readonly rules: readonly ListedRule[];
  readonly problems: readonly AlertRuleProblem[];
  readonly switches: readonly RuleSwitch[];
}

/** null until the server answered once. */
export const alertRules = shallowRef<Listed | null>(null);
export const rulesRefusal = shallowRef<Refusal | null>(null);

export async function loadRules(): Promise<void> {
  const answer = await askJson<Listed>('/api/alert-rules');
  rulesRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) alertRules.value = answer.value;
}

/** Up to a minute, and one at a time on the server. @param from epoch ms, as is `to` */
export const tryRule = (rule: string, from: number, to: number): Promise<Answer<Trial>> =>
  askJson('/api/alert-rules/test', { rule, from: Math.round(from), to: Math.round(to) });

/** Puts a rule to work, or out of it; who, when and why stay on record. */
export async function switchRule(rule: string, on: boolean, reason: string): Promise<Refusal | null> {
  const answer = await askJson<RuleSwitch>('/api/alert-rules/switch', { rule, on, reason });
  if (!answer.ok) return answer.refusal;
  await loadRules();
  return null;
}
