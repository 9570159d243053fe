// What needs attention, the worst first: warnings in force, and indicators that deviate. As cards, in words.
import { formatAge, formatMoment, formatNumber } from '../../i18n/numbers.ts';
import { warningKind } from '../../i18n/warning-kinds.ts';
import type { StateWord } from '../../i18n/words.ts';
import { readingsOf, warningsOf, type Answer } from '../../stores/answer.ts';
import type { IndicatorFacts } from '../../stores/indicator-facts.ts';
import { stepOf } from '../../stores/indicator-step.ts';
import { isNormal, normalInWords } from '../../stores/indicator-definition.ts';
import type { Reading, Severity } from '../../stores/indicators.ts';
import {
  areaNames,
  openWarnings,
  rankOf,
  type OpenWarning,
  type WarningTable,
} from '../../stores/warnings.ts';
import type { Locale } from '../../stores/session.ts';

/** Cards shown until more are asked for. */
export const MOST_CARDS = 3;
/** Names that fit into a line of the wall. */
const MOST_NAMES: Readonly<Record<Locale, number>> = { zh: 3, en: 1 };
/** Parts of a number that are told beside it. */
const MOST_PARTS = 2;

interface CardHead {
  /** Key of a warning's first row, or slug of an indicator. */
  readonly key: string;
  readonly level: Severity | null;
  readonly title: string;
}

export interface WarningCard extends CardHead {
  readonly kind: 'warning';
  /** 「暴雨」: what it warns of, without the word itself. */
  readonly event: string;
  readonly areas: string;
  readonly sent: string | null;
  /** null: until cancelled. */
  readonly expires: string | null;
  /** People in its area, with 万 where large; null: nobody counted yet. */
  readonly people: string | null;
  /** How many town posts acknowledged it; null: none is asked, or nobody knows. */
  readonly acks: { readonly acknowledged: number; readonly asked: number; readonly isLate: boolean } | null;
}

export interface IndicatorCard extends CardHead {
  readonly kind: 'indicator';
  readonly value: string;
  readonly unit: string;
  /** What the number is made of, or where it was measured; '': the number says it all. */
  readonly of: string;
  /** Up to where nothing is wrong, or that it is back there; null until the server has told them. */
  readonly limits: string | null;
  /** It is back within its limits: its level goes when it stays there. */
  readonly isEasing: boolean;
  readonly age: string;
}

const EASED: Readonly<Record<Locale, string>> = {
  zh: '已回正常，待稳定',
  en: 'back within limits, settling',
};

export type Card = WarningCard | IndicatorCard;

export interface AttentionModel {
  /** Of the warnings. 'off': nobody would tell us of one; 'down': nobody does now. */
  readonly contact: StateWord;
  readonly cards: readonly Card[];
}

export interface AttentionSources {
  readonly table: WarningTable | null;
  /** By identifier of the bulletin. */
  readonly acks: ReadonlyMap<string, NonNullable<WarningCard['acks']>>;
  readonly contact: StateWord;
  /** Indicators at yellow or worse. */
  readonly deviating: readonly Reading[];
  readonly facts: ReadonlyMap<string, IndicatorFacts>;
  readonly now: number;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly order: readonly string[];
  readonly nameOf: (code: string) => string | null;
  /** What counts. */
  readonly answer: Answer;
  /** People in the area of a row of a warning; null: nobody counted. */
  readonly peopleOf: (key: string) => number | null;
}

/** All cards; of the same level warnings stand before indicators, and what is easing last. */
export function attentionModel(sources: AttentionSources): AttentionModel {
  const open = warningsOf(openWarnings(sources.table, sources.now), sources.answer);
  const warnings = open.map((one) => warningCard(one, sources));
  const indicators = readingsOf(sources.deviating, sources.answer).map((reading) =>
    indicatorCard(reading, sources),
  );
  const cards = [...warnings, ...indicators].sort(
    (a, b) => rankOf(a.level) - rankOf(b.level) || Number(easing(a)) - Number(easing(b)),
  );
  return { contact: sources.contact, cards };
}

const easing = (card: Card): boolean => card.kind === 'indicator' && card.isEasing;

function warningCard(one: OpenWarning, sources: AttentionSources): WarningCard {
  const { now, timeZone, locale } = sources;
  const moment = (at: number | null): string | null => (at === null ? null : formatMoment(at, now, timeZone));
  return {
    kind: 'warning',
    key: one.key,
    level: one.level,
    event: warningKind(one.event || one.headline, locale),
    title: eventInWords(one, locale),
    areas: namesInWords(areaNames(one, sources), locale),
    acks: sources.acks.get(one.bulletin) ?? null,
    sent: moment(one.sentAt),
    expires: moment(one.expiresAt),
    people: peopleInWords(one, sources),
  };
}

/** 「暴雨预警」: among indicators it is said what comes from outside as a warning. */
function eventInWords({ event, headline }: OpenWarning, locale: Locale): string {
  const named = event || headline;
  if (locale === 'zh') return named === '' || named.includes('预警') ? named : `${named}预警`;
  return named === '' ? named : `${warningKind(named, locale)} warning`;
}

/** Areas of one bulletin do not overlap: they add up. */
function peopleInWords({ keys }: OpenWarning, { peopleOf, locale }: AttentionSources): string | null {
  const counts = keys.flatMap((key) => peopleOf(key) ?? []);
  if (counts.length === 0) return null;
  return formatNumber(
    counts.reduce((sum, one) => sum + one, 0),
    100,
    locale,
  );
}

function indicatorCard(reading: Reading, { facts, now, locale }: AttentionSources): IndicatorCard {
  const known = facts.get(reading.slug);
  const value = reading.value ?? 0;
  const isEasing = known !== undefined && isNormal(value, known);
  return {
    kind: 'indicator',
    key: reading.slug,
    level: reading.level,
    title: known?.title[locale] ?? reading.slug,
    value: formatNumber(value, stepOf(known?.unit.zh ?? reading.unit, value, known?.limits ?? []), locale),
    unit: known?.unit[locale] ?? reading.unit,
    of: reading.parts.slice(0, MOST_PARTS).join(locale === 'zh' ? '、' : ', '),
    limits: isEasing ? EASED[locale] : known ? normalInWords(known, locale) : null,
    isEasing,
    age: formatAge((now - reading.at) / 1000, locale),
  };
}

/** As many names as fit, then how many there are. */
export function namesInWords(names: readonly string[], locale: Locale): string {
  const most = MOST_NAMES[locale];
  const shown = names.slice(0, most).join(locale === 'zh' ? '、' : ', ');
  if (names.length <= most) return shown;
  return locale === 'zh' ? `${shown} 等 ${names.length} 处` : `${shown} and ${names.length - most} more`;
}
