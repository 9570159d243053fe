// Duty of one world, wired: its log, the city's shifts and units, and what is open out of incidents, alerts and feeds.
import type { Title } from '../../contracts/column.ts';
import { gradeTitles, isOverdue, stageTitles } from '../../contracts/records/incident.ts';
import type { OpenItem } from '../../contracts/records/duty.ts';
import type { Alerts } from '../alerts/port.ts';
import type { Incidents } from '../command/port.ts';
import { BulletinDesk } from '../duty/bulletin-desk.ts';
import { DutyBook } from '../duty/duty-book.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { Shared } from './shared.ts';
import type { Stores } from './stores.ts';

export interface DutyParts {
  readonly shared: Shared;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly incidents: Incidents;
  readonly alerts: Pick<Alerts, 'list'>;
  readonly feeds: () => readonly FeedReport[];
}

/** More stand in no form. */
const MOST_ITEMS = 300;

/** Who counts what the logs of a world hold. */
export function bulletinsOf({ shared, stores, clock, incidents, alerts, feeds }: DutyParts): BulletinDesk {
  const { profile, responsibilities } = shared.city;
  return new BulletinDesk({
    ...{ log: stores.records, clock, incidents, cityCode: profile.code, timeZone: profile.timeZone },
    shifts: responsibilities.shifts,
    openAlerts: () => alerts.list('open').map(({ region }) => ({ region: region || profile.code })),
    feedsDown: () => feeds().filter(({ state }) => state === 'down').length,
  });
}

export async function dutyOf(parts: DutyParts): Promise<DutyBook> {
  const { shared, stores, clock, incidents } = parts;
  const { profile, responsibilities } = shared.city;
  const book = new DutyBook({
    log: stores.records,
    clock,
    timeZone: profile.timeZone,
    cityCode: profile.code,
    shifts: responsibilities.shifts,
    units: incidents.units,
    openItems: () => openItems(parts, profile.code),
    nameOf: (id) => shared.gate.nameOf(id),
  });
  await book.start();
  return book;
}

const mark = (zh: string, en: string): Title => ({ zh, en });

function openItems({ clock, incidents, alerts, feeds }: DutyParts, cityCode: string): OpenItem[] {
  const now = clock.now();
  const open = incidents.list({ open: true, sort: 'due', from: 0, limit: MOST_ITEMS }, () => true).incidents;
  return [
    ...open.map((one): OpenItem => {
      const { grade, stage, supervised } = one;
      return {
        kind: 'incident',
        id: String(one.id),
        text: mark(`${one.no} ${one.title}`, `${one.no} ${one.title}`),
        marks: [
          stageTitles[stage],
          ...(grade ? [gradeTitles[grade]] : []),
          ...(isOverdue(one, now) ? [mark('超时', 'overdue')] : []),
          ...(supervised ? [mark('督办', 'supervised')] : []),
        ],
        region: one.region,
      };
    }),
    ...alerts
      .list('open')
      .slice(0, MOST_ITEMS)
      .map(({ id, title, region }): OpenItem => ({
        ...{ kind: 'alert', id, text: title, region: region === '' ? cityCode : region },
        marks: [mark('未确认', 'not acknowledged')],
      })),
    ...feeds()
      .filter(({ state }) => state === 'down' || state === 'stale')
      .map(({ id, title, state }): OpenItem => ({
        ...{ kind: 'feed', id, text: title, region: cityCode },
        marks: [state === 'down' ? mark('中断', 'down') : mark('陈旧', 'stale')],
      })),
  ];
}
