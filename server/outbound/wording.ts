// The texts of the city package, filled in.
import type { Incident } from '../../contracts/records/incident.ts';
import { gradeTitles } from '../../contracts/records/incident.ts';
import { MAX_TEXT } from '../../contracts/records/message.ts';
import type { CityWords, GlassNews } from './port.ts';

/** What is known of any message. */
interface Now {
  readonly city: CityWords;
  readonly now: number;
}

const filled = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{([^}]*)\}/g, (_all, word: string) => words[word] ?? '').slice(0, MAX_TEXT);

const verdicts = { yes: '属实必要', no: '不应使用' } as const;

/** A notice of break-glass, filled in. */
export function glassWordsOf(template: string, news: GlassNews, { city }: Pick<Now, 'city'>): string {
  return filled(template, {
    ...{ city: city.title.zh, no: String(news.id), title: news.name, role: news.role, by: news.by },
    ...{ text: news.reason, minutes: String(news.minutes), time: timeOf(news.at, city.timeZone) },
    verdict: verdicts[news.isJustified ? 'yes' : 'no'],
  });
}

export interface Said {
  /** Who did it. */
  readonly by?: string;
  /** What was said with it. */
  readonly text?: string;
  /** Whom an unread message went to, and how long ago. */
  readonly to?: string;
  readonly minutes?: number;
  /** Of a plan. */
  readonly plan?: {
    readonly title: string;
    readonly version: number;
    readonly level: string;
    readonly clause: string;
    readonly dueAt: number | null;
  };
}

/** `{word}` → what it stands for; what is not known is left empty. */
export function wordsOf(template: string, incident: Incident, about: Said & Now): string {
  const { city, now } = about;
  const at = (ms: number | null): string => (ms === null ? '尽快' : timeOf(ms, city.timeZone));
  const words: Readonly<Record<string, string>> = {
    city: city.title.zh,
    no: incident.no,
    title: incident.title,
    place: incident.place || '见系统',
    grade: incident.grade === null ? '未定级' : gradeTitles[incident.grade].zh,
    unit: (incident.unit ?? incident.desk).name.zh,
    by: about.by ?? '',
    text: about.text ?? '',
    time: at(now),
    due: at(about.plan ? about.plan.dueAt : incident.dueAt),
    plan: about.plan?.title ?? '',
    version: String(about.plan?.version ?? ''),
    level: about.plan?.level ?? '',
    clause: about.plan?.clause ?? '',
    minutes: String(about.minutes ?? ''),
    to: about.to ?? '',
  };
  return filled(template, words);
}

/** 07-15 14:05 */
function timeOf(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(ms);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
