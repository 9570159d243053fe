// The answer to a scene's question in one line of plain words: what deviates, where, by how much, the worst first. What
// does not fit whole is counted, never cut off.
import type { AttentionModel, Card } from '../../panels/warning-cards/cards.ts';
import type { Severity } from '../../stores/indicators.ts';
import type { Locale } from '../../stores/session.ts';

const COLOURS: Readonly<Record<Locale, Readonly<Record<Severity, string>>>> = {
  zh: { red: '红色预警', orange: '橙色预警', yellow: '黄色预警', blue: '蓝色预警' },
  en: { red: 'red warning', orange: 'orange warning', yellow: 'yellow warning', blue: 'blue warning' },
};
const UNGRADED: Readonly<Record<Locale, string>> = { zh: '预警', en: 'warning' };

/** Width of a text in characters of Chinese; digits and Latin take half of one. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character.charCodeAt(0) < 0x2e80 ? 0.55 : 1;
  return width;
}

/** null where nothing deviates. @param most width of the line, characters */
export function answerLine({ cards }: AttentionModel, most: number, locale: Locale): string | null {
  const parts = cards.map((card) => partOf(card, locale));
  if (parts.length === 0) return null;
  const comma = locale === 'zh' ? '；' : '; ';
  for (let count = parts.length; count > 0; count--) {
    const rest = parts.length - count;
    const line = parts.slice(0, count).join(comma) + restOf(rest, locale);
    if (widthOf(line) <= most) return line;
  }
  return null;
}

function restOf(rest: number, locale: Locale): string {
  if (rest === 0) return '';
  return locale === 'zh' ? `；另 ${rest} 项` : `; ${rest} more`;
}

function partOf(card: Card, locale: Locale): string {
  const [open, close, until] = locale === 'zh' ? ['（', '）', '至'] : [' (', ')', 'until'];
  if (card.kind === 'indicator') {
    const unit = card.unit === '' ? '' : ` ${card.unit}`;
    const of = card.of === '' ? '' : `${card.of} `;
    return `${of}${card.title} ${card.value}${unit}${card.limits ? `${open}${card.limits}${close}` : ''}`;
  }
  const kind = card.level ? COLOURS[locale][card.level] : UNGRADED[locale];
  const title = locale === 'zh' ? `${card.event}${kind}` : `${card.event} ${kind}`;
  const where = card.areas === '' ? '' : ` ${card.areas}`;
  return `${title}${where}${card.expires ? `${open}${until} ${card.expires}${close}` : ''}`;
}
