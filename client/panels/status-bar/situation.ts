// What the sentence on top says: how many things need attention, how bad the worst is, and whether anybody knows. A scene
// counts what its question is about; without one everything counts.
import { indicatorValue } from '../../../contracts/layers/indicator-value.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { readingsOf, warningsOf, type Answer } from '../../stores/answer.ts';
import { layerContact } from '../../stores/contact.ts';
import { deviating, readings, type Severity } from '../../stores/indicators.ts';
import { tableOf } from '../../stores/layers.ts';
import { cityNow } from '../../stores/time.ts';
import { openWarnings, worstOf, type OpenWarning } from '../../stores/warnings.ts';

export interface Situation {
  /** 'calm' is only said by who would know otherwise; 'waiting': who would has not spoken yet. */
  readonly sentence: 'blind' | 'waiting' | 'calm' | 'attention';
  readonly items: number;
  /** What the items are: warnings in force, and indicators beyond their limits. */
  readonly warnings: number;
  readonly indicators: number;
  readonly worst: Severity | null;
  /** Slug of the indicator, or event of the warning, where there is exactly one. */
  readonly only: string | null;
}

export interface Knowledge {
  /** Somebody would tell of a deviation. */
  readonly knows: boolean;
  /** Nobody has spoken yet, but will. */
  readonly waits: boolean;
}

export function situationOf(
  warnings: readonly { readonly level: Severity | null; readonly event: string }[],
  indicators: readonly { readonly level: Severity | null; readonly slug: string }[],
  { knows, waits }: Knowledge,
): Situation {
  const items = warnings.length + indicators.length;
  const worst = worstOf([...warnings, ...indicators].map(({ level }) => level));
  const silent = waits ? 'waiting' : 'blind';
  const only = items === 1 ? (warnings[0]?.event ?? indicators[0]?.slug ?? null) : null;
  const sentence = items > 0 ? 'attention' : knows ? 'calm' : silent;
  return { items, warnings: warnings.length, indicators: indicators.length, worst, only, sentence };
}

const ANSWERS: ReadonlySet<string> = new Set(['live', 'quiet', 'degraded', 'late']);

export function currentSituation(answer: Answer): Situation {
  const warnings: readonly OpenWarning[] = warningsOf(openWarnings(tableOf(warning), cityNow.value), answer);
  const computed = readingsOf([...readings.value.values()], answer);
  // That no warning is in force says nothing of the numbers a narrower question is about.
  const listens = answer.indicators === 'all' && ANSWERS.has(layerContact(warning.slug));
  const knows = listens || computed.some(({ state }) => state === 'current');
  const waits = tableOf(indicatorValue) === null || computed.some(({ state }) => state === 'waiting');
  return situationOf(warnings, deviating(computed), { knows, waits });
}
