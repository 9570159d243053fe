// The 12345 hotline: cases with a life cycle, served as paged changes since a cursor (time and id).
import { createRandom, keyOf } from '../engine/random.ts';
import { HOUR } from '../engine/local-time.ts';
import { fill, happens, pickScene, pickShare, readTexts } from '../texts/texts.ts';
import { RequestError, type Exchange } from '../transport/http-server.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Source, World } from '../world.ts';

const FEED = 'ticket-12345';
const PER_DAY = 1_000;
const BACKLOG = 150;
/** Closed cases are served for this long after their last change. */
const KEEP = 8_000;
const PAGE = 100;
const MAX_PAGE = 500;
/** Cases are placed on a grid of about 100 m. */
const BLUR_DEG = 0.001;

const CHANNELS = ['电话', '电话', '电话', '微信', '网站', 'APP'] as const;
type Status = 'accepted' | 'dispatched' | 'handling' | 'answered' | 'closed' | 'returned';

interface Template {
  code: string;
  name: string;
  unit: string;
  share: number;
  hours: number;
  when: string;
  urgent?: boolean;
  texts: string[];
}

interface Case {
  caseId: string;
  revision: number;
  changedAt: number;
  channel: string;
  categoryCode: string;
  categoryName: string;
  title: string;
  text: string;
  acceptAt: number;
  deadlineAt: number;
  status: Status;
  unit: string;
  callbacks: number;
  satisfaction: number | null;
  repeat: boolean;
  urgent: boolean;
  lon: number;
  lat: number;
  regionCode: string;
  gridId: string;
  returned: boolean;
}

/** What comes after a status, and after how many hours on average. */
const NEXT: Readonly<Record<Status, { to: Status; hours: number } | null>> = {
  accepted: { to: 'dispatched', hours: 0.4 },
  dispatched: { to: 'handling', hours: 2.5 },
  handling: { to: 'answered', hours: 20 },
  answered: { to: 'closed', hours: 8 },
  returned: { to: 'dispatched', hours: 1.5 },
  closed: null,
};

const blur = (degrees: number): number => Math.round(Math.round(degrees / BLUR_DEG) * BLUR_DEG * 1000) / 1000;

export function createTickets(world: World): Source {
  const { clock, time, outlet, seed, startAt, rhythm } = world;
  const random = createRandom(seed, keyOf(FEED));
  const templates = readTexts<Template>('tickets');
  const cases = new Map<string, Case>();
  let serial = 0;
  let surge: { code: string | null; until: number } | null = null;

  const change = (c: Case, status: Status, at: number): void => {
    c.status = status;
    c.revision += 1;
    c.changedAt = Math.floor(at);
    if (status === 'closed') {
      c.callbacks += random.chance(0.45) ? 1 : 0;
      c.satisfaction = c.callbacks > 0 ? random.pick([5, 5, 5, 4, 4, 3, 2, 1]) : null;
    }
  };
  const plan = (c: Case, from: number): void => {
    const step = NEXT[c.status];
    if (step === null) return;
    const hours = random.wait(step.hours) * (c.urgent ? 0.25 : 1) + 0.01;
    clock.at(Math.max(clock.now(), from + hours * HOUR), () => {
      const back = c.status === 'dispatched' && !c.returned && random.chance(0.05);
      if (back) c.returned = true;
      change(c, back ? 'returned' : step.to, clock.now());
      plan(c, clock.now());
    });
  };

  const open = (acceptAt: number, code: string | null = null): Case => {
    const fitting = templates.filter((t) =>
      code === null ? happens(world, t.when, clock.now()) : t.code === code,
    );
    const template = pickShare(random, fitting.length > 0 ? fitting : templates);
    const scene = pickScene(world, random);
    const text = fill(random.pick(template.texts), scene);
    const [lon, lat] = [blur(scene.position[0]), blur(scene.position[1])];
    const c: Case = {
      caseId: `12345-${time.date(acceptAt).replaceAll('-', '')}-${String(++serial).padStart(6, '0')}`,
      revision: 1,
      changedAt: Math.floor(acceptAt),
      channel: random.pick(CHANNELS),
      categoryCode: template.code,
      categoryName: template.name,
      title: text.slice(0, 30),
      text: `${text}。`,
      acceptAt: Math.floor(acceptAt / 1000) * 1000,
      deadlineAt: Math.floor((acceptAt + template.hours * HOUR) / 60_000) * 60_000,
      status: 'accepted',
      unit: template.unit,
      callbacks: 0,
      satisfaction: null,
      repeat: random.chance(0.07),
      urgent: template.urgent === true,
      lon,
      lat,
      regionCode: scene.region,
      gridId: `${scene.region}-${Math.round(lon * 100)}-${Math.round(lat * 100)}`,
      returned: false,
    };
    cases.set(c.caseId, c);
    if (cases.size > KEEP) {
      const oldest = cases.keys().next().value;
      if (oldest !== undefined) cases.delete(oldest);
    }
    return c;
  };

  const backlog = (): void => {
    for (let i = BACKLOG; i > 0; i--) {
      const c = open(startAt - i * 0.16 * HOUR);
      let at = c.acceptAt;
      for (let step = NEXT[c.status]; step !== null && step.to !== 'closed'; step = NEXT[c.status]) {
        at += random.wait(step.hours) * HOUR;
        if (at >= startAt) break;
        change(c, step.to, at);
      }
      plan(c, startAt);
    }
  };
  const next = (): void => {
    const now = clock.now();
    const hot = surge !== null && surge.until > now ? surge : null;
    plan(open(now, hot !== null && random.chance(0.8) ? hot.code : null), now);
    const perHour =
      (PER_DAY / 24) *
      rhythm.hotline(now) *
      (world.weather.cells(now).length > 3 ? 1.4 : 1) *
      (hot === null ? 1 : 12);
    clock.at(now + Math.max(200, (random.wait(1) * HOUR) / Math.max(1.5, perHour)), next);
  };

  const item = (c: Case): object => {
    const { returned, ...shown } = c;
    void returned;
    return {
      ...shown,
      changedAt: new Date(c.changedAt).toISOString(),
      acceptAt: time.iso(c.acceptAt),
      deadlineAt: time.iso(c.deadlineAt),
      synthetic: true,
    };
  };

  const page = ({ query }: Exchange): { body: Buffer; records: number } => {
    const since = query.get('since') ?? '1970-01-01T00:00:00Z';
    const sinceAt = Date.parse(since);
    if (!Number.isFinite(sinceAt)) throw new RequestError(400, `since=${since} → an ISO 8601 time`);
    const after = query.get('after') ?? '';
    const limit = Math.min(MAX_PAGE, Math.max(1, Number(query.get('limit') ?? PAGE) || PAGE));
    const changed = [...cases.values()]
      .filter((c) => c.changedAt > sinceAt || (c.changedAt === sinceAt && c.caseId > after))
      .sort((a, b) => a.changedAt - b.changedAt || (a.caseId < b.caseId ? -1 : 1));
    const list = changed.slice(0, limit);
    const last = list.at(-1);
    const items = outlet.faults.records(FEED, list.map(item));
    // The cursor is the last item's pair; null: nothing came after the cursor the caller already has.
    const cursor =
      last === undefined ? null : { since: new Date(last.changedAt).toISOString(), after: last.caseId };
    return { body: Buffer.from(JSON.stringify({ items, next: cursor })), records: items.length };
  };

  return {
    feeds: [FEED],
    objects: () => ({
      tickets: cases.size,
      ticketsOpen: [...cases.values()].filter((c) => c.status !== 'closed').length,
    }),
    start: () => {
      backlog();
      clock.at(startAt + 3_000, next);
    },
    routes: (http) =>
      http.on(
        'GET',
        '/12345/changes',
        servePolled(clock, outlet, {
          feed: FEED,
          contentType: 'application/json; charset=utf-8',
          periodS: 1,
          variant: (exchange) => exchange.request.url ?? '',
          build: (_, exchange) => page(exchange),
        }),
      ),
    inject: (request) => {
      if (request['kind'] !== 'ticket-surge') return null;
      const code = templates.some((t) => t.code === request['category']) ? String(request['category']) : null;
      surge = { code, until: clock.now() + Number(request['forS'] ?? 600) * 1000 };
      return { injected: 'ticket-surge', category: code };
    },
  };
}
