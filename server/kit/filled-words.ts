// Texts of the city package, filled in.
import { MAX_TEXT } from '../../contracts/records/message.ts';

/** `{word}` → what it stands for; a word that is not there is left empty. */
export const filled = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([^}]*)\}/g, (_all, word: string) => words[word] ?? '').slice(0, MAX_TEXT);

/** 07-15 14:05 */
export function shortTime(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
