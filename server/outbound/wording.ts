// The texts of the city package, filled in.
import type { Incident } from '../../contracts/records/incident.ts';
import { gradeTitles } from '../../contracts/records/incident.ts';
import { filled, shortTime } from '../kit/filled-words.ts';
import type { CityWords, GlassNews } from './port.ts';

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

/** What is known of any message. */
interface Now {
  readonly city: CityWords;
  readonly now: number;
}

const verdicts = { yes: '属实必要', no: '不应使用' } as const;

/** A notice of break-glass, filled in. */
export function glassWordsOf(template: string, news: GlassNews, { city }: Pick<Now, 'city'>): string {
  return filled(template, {
    ...{ city: city.title.zh, no: String(news.id), title: news.name, role: news.role, by: news.by },
    ...{ text: news.reason, minutes: String(news.minutes), time: shortTime(news.at, city.timeZone) },
    verdict: verdicts[news.isJustified ? 'yes' : 'no'],
  });
}

/** `{word}` → what it stands for; what is not known is left empty. */
export function wordsOf(template: string, incident: Incident, about: Said & Now): string {
  const { city, now } = about;
  const at = (ms: number | null): string => (ms === null ? '尽快' : shortTime(ms, city.timeZone));
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
