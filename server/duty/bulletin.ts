// The bulletin (值班要报): every number is the answer to a question that anybody with the right can ask again.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { Bulletin, BulletinSection, Figure } from '../../contracts/records/duty.ts';
import {
  grades,
  gradeTitles,
  incidentKinds,
  kindTitles,
  stageTitles,
} from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { IncidentFilter, Incidents } from '../command/port.ts';
import type { RecordLog } from '../store/port.ts';
import type { DutyActor, EntryAsk } from './port.ts';

const severities = {
  red: title('红色', 'Red'),
  orange: title('橙色', 'Orange'),
  yellow: title('黄色', 'Yellow'),
  blue: title('蓝色', 'Blue'),
} as const;
const MOST_LISTED = 50;

export interface BulletinSources {
  readonly log: Pick<RecordLog, 'read'>;
  readonly incidents: Pick<Incidents, 'list' | 'regionOf'>;
  /** Open alerts nobody has acknowledged. */
  readonly openAlerts: () => readonly { readonly region: string }[];
  /** Feeds whose transport is down now. */
  readonly feedsDown: () => number;
  readonly cityCode: string;
}

/** Entries of one kind in a stretch of time, within reach, oldest first. */
export async function entriesOf(
  { log, incidents, cityCode }: BulletinSources,
  by: DutyActor,
  { kind, from, to, field, value }: EntryAsk,
): Promise<LogEntry[]> {
  const found: LogEntry[] = [];
  for await (const entry of log.read({ kinds: [kind], knownFrom: from, knownBefore: to })) {
    const body = entry.body as Readonly<Record<string, unknown>>;
    const said = (body['said'] ?? body) as Readonly<Record<string, unknown>>;
    if (field !== undefined && String(said[field] ?? '') !== value) continue;
    if (by.reaches(regionOf(entry, incidents) || cityCode)) found.push(entry);
  }
  return found;
}

function regionOf({ kind, seq, body }: LogEntry, incidents: Pick<Incidents, 'regionOf'>): string {
  const { incident, region, area } = body as { incident?: number; region?: string; area?: string };
  if (kind.startsWith('incident/')) return incidents.regionOf(incident ?? seq) ?? '';
  return region ?? area ?? '';
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

class Counter {
  readonly #sources: BulletinSources;
  readonly #by: DutyActor;
  readonly #stretch: Stretch;

  constructor(sources: BulletinSources, by: DutyActor, stretch: Stretch) {
    this.#sources = sources;
    this.#by = by;
    this.#stretch = stretch;
  }

  async entries(
    name: Title,
    kind: EntryAsk['kind'],
    where?: readonly [field: string, value: string],
  ): Promise<Figure> {
    const [field, value] = where ?? [];
    const asked = { kind, ...this.#stretch, ...(where ? { field, value } : {}) };
    const found = await entriesOf(this.#sources, this.#by, asked);
    return { title: name, value: found.length, query: addressOf('/api/duty/entries', asked) };
  }

  incidents(name: Title, filter: Partial<IncidentFilter>): Figure {
    const { total } = this.list(filter, 1);
    const asked = Object.entries(filter).map(([key, value]) => [key, value === true ? 'yes' : value]);
    return { title: name, value: total, query: addressOf('/api/incidents', Object.fromEntries(asked)) };
  }

  list(filter: Partial<IncidentFilter>, limit: number): ReturnType<Incidents['list']> {
    return this.#sources.incidents.list({ ...filter, sort: 'new', from: 0, limit }, this.#by.reaches);
  }
}

const addressOf = (path: string, asked: object): string => {
  const query = new URLSearchParams(
    Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `${path}?${query.toString()}`;
};

export async function bulletinOf(
  sources: BulletinSources,
  by: DutyActor,
  stretch: Stretch,
): Promise<Bulletin> {
  const count = new Counter(sources, by, stretch);
  const reported = { reportedFrom: stretch.from, reportedTo: stretch.to };
  const sections = [
    await whole(count, reported),
    byGradeAndKind(count, reported),
    await alerts(count, sources, by),
    await feeds(count, sources),
    await duty(count),
  ];
  const incidents = count.list(reported, MOST_LISTED).incidents.map((one) => ({
    ...{ id: one.id, no: one.no, title: one.title, reportedAt: one.reportedAt },
    grade: one.grade && gradeTitles[one.grade],
    stage: stageTitles[one.stage],
  }));
  return { ...stretch, sections, incidents };
}

type Reported = Pick<IncidentFilter, 'reportedFrom' | 'reportedTo'>;

async function whole(count: Counter, reported: Reported): Promise<BulletinSection> {
  return {
    title: title('事件办理', 'Incidents'),
    figures: [
      count.incidents(title('接报', 'reported'), reported),
      await count.entries(title('办结', 'closed'), 'incident/close'),
      await count.entries(title('提级', 'escalated'), 'incident/escalate'),
      await count.entries(title('向上报送', 'reports upward'), 'incident/brief'),
      count.incidents(title('现在办', 'open now'), { open: true }),
      count.incidents(title('其中超时', 'of them overdue'), { open: true, overdue: true }),
      count.incidents(title('其中督办', 'of them supervised'), { open: true, supervised: true }),
    ],
  };
}

/** Grades all, kinds that came. */
function byGradeAndKind(count: Counter, reported: Reported): BulletinSection {
  const ofGrade = grades.map((grade) => count.incidents(gradeTitles[grade], { ...reported, grade }));
  const ofKind = incidentKinds.map((kind) => count.incidents(kindTitles[kind], { ...reported, kind }));
  return {
    title: title('接报事件分等级、分类别', 'Reported incidents by grade and kind'),
    figures: [...ofGrade, ...ofKind.filter(({ value }) => value > 0)],
  };
}

async function alerts(
  count: Counter,
  { openAlerts }: BulletinSources,
  by: DutyActor,
): Promise<BulletinSection> {
  const bySeverity = Object.entries(severities).map(([code, name]) =>
    count.entries(name, 'alert/raise', ['severity', code]),
  );
  const open = openAlerts().filter(({ region }) => by.reaches(region)).length;
  return {
    title: title('告警与预警', 'Alerts and warnings'),
    figures: [
      await count.entries(title('触发告警', 'alerts raised'), 'alert/raise'),
      ...(await Promise.all(bySeverity)),
      await count.entries(title('其中由气象等预警触发', 'raised by warnings'), 'alert/raise', [
        'layer',
        'warning',
      ]),
      await count.entries(title('确认操作', 'acknowledgements'), 'alert/acknowledge'),
      { title: title('现未确认', 'not acknowledged now'), value: open, query: '/api/alerts?state=open' },
    ],
  };
}

async function feeds(count: Counter, { feedsDown }: BulletinSources): Promise<BulletinSection> {
  return {
    title: title('数据接入', 'Feeds'),
    figures: [
      await count.entries(title('数据源告警', 'alerts of feeds'), 'alert/raise', ['layer', 'feed-health']),
      { title: title('现中断数据源', 'feeds down now'), value: feedsDown(), query: '/api/feeds' },
    ],
  };
}

async function duty(count: Counter): Promise<BulletinSection> {
  return {
    title: title('值班', 'Duty'),
    figures: [
      await count.entries(title('交班', 'hand-overs'), 'duty/hand-over'),
      await count.entries(title('签收', 'signed'), 'duty/take-over'),
      await count.entries(title('平战切换', 'switches of mode'), 'crisis/commit'),
    ],
  };
}
