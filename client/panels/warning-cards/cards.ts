// The cards of the worst open warnings, in words.
import { formatMoment } from '../../i18n/numbers.ts';
import type { StateWord } from '../../i18n/words.ts';
import type { Severity } from '../../stores/indicators.ts';
import { areaNames, openWarnings, type OpenWarning, type WarningTable } from '../../stores/warnings.ts';
import type { Locale } from '../../stores/session.ts';

const MOST_CARDS = 3;
const MOST_NAMES = 3;

export interface WarningCard {
  readonly key: string;
  readonly level: Severity | null;
  readonly event: string;
  readonly headline: string;
  readonly areas: string;
  readonly sent: string | null;
  /** null: until cancelled. */
  readonly expires: string | null;
}

export interface WarningModel {
  /** 'off': nobody would tell us of a warning; 'down': nobody does now. */
  readonly contact: StateWord;
  readonly cards: readonly WarningCard[];
  readonly more: number;
}

export interface WarningSources {
  readonly table: WarningTable | null;
  readonly contact: StateWord;
  readonly now: number;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly order: readonly string[];
  readonly nameOf: (code: string) => string | null;
}

export function warningModel(sources: WarningSources): WarningModel {
  const open = openWarnings(sources.table, sources.now);
  const cards = open.slice(0, MOST_CARDS).map((one) => cardOf(one, sources));
  return { contact: sources.contact, cards, more: open.length - cards.length };
}

function cardOf(one: OpenWarning, sources: WarningSources): WarningCard {
  const { now, timeZone, locale } = sources;
  const moment = (at: number | null): string | null => (at === null ? null : formatMoment(at, now, timeZone));
  return {
    key: one.key,
    level: one.level,
    event: one.event,
    headline: one.headline,
    areas: namesInWords(areaNames(one, sources), locale),
    sent: moment(one.sentAt),
    expires: moment(one.expiresAt),
  };
}

/** Up to three names, then how many there are. */
export function namesInWords(names: readonly string[], locale: Locale): string {
  const shown = names.slice(0, MOST_NAMES).join(locale === 'zh' ? '、' : ', ');
  if (names.length <= MOST_NAMES) return shown;
  return locale === 'zh'
    ? `${shown} 等 ${names.length} 处`
    : `${shown} and ${names.length - MOST_NAMES} more`;
}
