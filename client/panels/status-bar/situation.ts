// What the sentence on top says: how many things need attention, how bad the worst is, and whether anybody knows.
import { indicatorValue } from '../../../contracts/layers/indicator-value.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { layerContact } from '../../stores/contact.ts';
import { deviating, readings, type Reading, type Severity } from '../../stores/indicators.ts';
import { tableOf } from '../../stores/layers.ts';
import { cityNow } from '../../stores/time.ts';
import { openWarnings, worstOf } from '../../stores/warnings.ts';

export interface Situation {
  /** 'calm' is only said by who would know otherwise. */
  readonly sentence: 'blind' | 'calm' | 'attention';
  readonly items: number;
  readonly worst: Severity | null;
}

export function situationOf(
  warnings: readonly { readonly level: Severity | null }[],
  indicators: readonly Reading[],
  knows: boolean,
): Situation {
  const items = warnings.length + indicators.length;
  const worst = worstOf([...warnings, ...indicators].map(({ level }) => level));
  return { items, worst, sentence: items > 0 ? 'attention' : knows ? 'calm' : 'blind' };
}

const ANSWERS: ReadonlySet<string> = new Set(['live', 'quiet', 'degraded', 'late']);

export function currentSituation(): Situation {
  const warnings = openWarnings(tableOf(warning), cityNow.value);
  const computed = [...readings.value.values()];
  const knows =
    ANSWERS.has(layerContact(warning.slug)) ||
    (tableOf(indicatorValue) !== null && computed.some(({ state }) => state === 'current'));
  return situationOf(warnings, deviating(computed), knows);
}
