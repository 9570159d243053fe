// The 12345 hotline: cases with a life cycle, served as paged changes since a cursor (time and id).
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import type { LonLat } from '../engine/geo.ts';
import { HOUR } from '../engine/local-time.ts';
import { fill, happens, NEARBY_M, pickScene, pickShare, readTexts } from '../texts/texts.ts';
import { RequestError, type Exchange, type HttpHost } from '../transport/http-server.ts';
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

interface Surge {
  code: string | null;
  until: number;
  /** What people say; null: as usual for the category. */
  title: string | null;
  position: LonLat | null;
  factor: number;
}

class Hotline implements Source {
  private readonly world: World;
  private readonly random: Random;
  private readonly templates: Template[];
  private readonly cases: Map<string, Case>;
  private serial: number;
  private surge: Surge | null;

  constructor(world: World) {
    this.world = world;
    this.random = createRandom(this.world.seed, keyOf(FEED));
    this.templates = readTexts<Template>('tickets');
    this.cases = new Map<string, Case>();
    this.serial = 0;
    this.surge = null;
  }

  private readonly change = (c: Case, status: Status, at: number): void => {
    c.status = status;
    c.revision += 1;
    c.changedAt = Math.floor(at);
    if (status === 'closed') {
      c.callbacks += this.random.chance(0.45) ? 1 : 0;
      c.satisfaction = c.callbacks > 0 ? this.random.pick([5, 5, 5, 4, 4, 3, 2, 1]) : null;
    }
  };

  private readonly plan = (c: Case, from: number): void => {
    const step = NEXT[c.status];
    if (step === null) return;
    const hours = this.random.wait(step.hours) * (c.urgent ? 0.25 : 1) + 0.01;
    this.world.clock.at(Math.max(this.world.clock.now(), from + hours * HOUR), () => {
      const back = c.status === 'dispatched' && c.revision < 4 && this.random.chance(0.05);
      this.change(c, back ? 'returned' : step.to, this.world.clock.now());
      this.plan(c, this.world.clock.now());
    });
  };

  private readonly open = (acceptAt: number, surge: Surge | null = null): Case => {
    const code = surge?.code ?? null;
    const fitting = this.templates.filter((t) =>
      code === null ? happens(this.world, t.when, this.world.clock.now()) : t.code === code,
    );
    const template = pickShare(this.random, fitting.length > 0 ? fitting : this.templates);
    const position = surge?.position;
    const scene = pickScene(this.world, this.random, position ? { position, spreadM: NEARBY_M } : undefined);
    const text = fill(surge?.title ?? this.random.pick(template.texts), scene);
    const [lon, lat] = [blur(scene.position[0]), blur(scene.position[1])];
    const c: Case = {
      caseId: `12345-${this.world.time.date(acceptAt).replaceAll('-', '')}-${String(++this.serial).padStart(6, '0')}`,
      revision: 1,
      changedAt: Math.floor(acceptAt),
      channel: this.random.pick(CHANNELS),
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
      repeat: this.random.chance(0.07),
      urgent: template.urgent === true,
      lon,
      lat,
      regionCode: scene.region,
      gridId: `${scene.region}-${Math.round(lon * 100)}-${Math.round(lat * 100)}`,
    };
    this.cases.set(c.caseId, c);
    if (this.cases.size > KEEP) {
      const oldest = this.cases.keys().next().value;
      if (oldest !== undefined) this.cases.delete(oldest);
    }
    return c;
  };

  private readonly backlog = (): void => {
    for (let i = BACKLOG; i > 0; i--) {
      const c = this.open(this.world.startAt - i * 0.16 * HOUR);
      let at = c.acceptAt;
      for (let step = NEXT[c.status]; step !== null && step.to !== 'closed'; step = NEXT[c.status]) {
        at += this.random.wait(step.hours) * HOUR;
        if (at >= this.world.startAt) break;
        this.change(c, step.to, at);
      }
      this.plan(c, this.world.startAt);
    }
  };

  private readonly next = (): void => {
    const now = this.world.clock.now();
    const hot = this.surge !== null && this.surge.until > now ? this.surge : null;
    this.plan(this.open(now, hot !== null && this.random.chance(0.8) ? hot : null), now);
    const perHour =
      (PER_DAY / 24) *
      this.world.rhythm.hotline(now) *
      (this.world.weather.cells(now).length > 3 ? 1.4 : 1) *
      (hot?.factor ?? 1);
    this.world.clock.at(
      now + Math.max(200, (this.random.wait(1) * HOUR) / Math.max(1.5, perHour)),
      this.next,
    );
  };

  private readonly item = (c: Case): object => {
    return {
      ...c,
      changedAt: new Date(c.changedAt).toISOString(),
      acceptAt: this.world.time.iso(c.acceptAt),
      deadlineAt: this.world.time.iso(c.deadlineAt),
      synthetic: true,
    };
  };

  private readonly page = ({ query }: Exchange): { body: Buffer; records: number } => {
    const since = query.get('since') ?? '1970-01-01T00:00:00Z';
    const sinceAt = Date.parse(since);
    if (!Number.isFinite(sinceAt)) throw new RequestError(400, `since=${since} → an ISO 8601 time`);
    const after = query.get('after') ?? '';
    const limit = Math.min(MAX_PAGE, Math.max(1, Number(query.get('limit') ?? PAGE) || PAGE));
    const changed = [...this.cases.values()]
      .filter((c) => c.changedAt > sinceAt || (c.changedAt === sinceAt && c.caseId > after))
      .sort((a, b) => a.changedAt - b.changedAt || (a.caseId < b.caseId ? -1 : 1));
    const list = changed.slice(0, limit);
    const last = list.at(-1);
    const items = this.world.outlet.faults.records(FEED, list.map(this.item));
    // The cursor is the last item's pair; null: nothing came after the cursor the caller already has.
    const cursor =
      last === undefined ? null : { since: new Date(last.changedAt).toISOString(), after: last.caseId };
    return { body: Buffer.from(JSON.stringify({ items, next: cursor })), records: items.length };
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      tickets: this.cases.size,
      ticketsOpen: [...this.cases.values()].filter((c) => c.status !== 'closed').length,
    };
  }

  start(): void {
    this.backlog();
    this.world.clock.at(this.world.startAt + 3_000, this.next);
  }

  routes(http: HttpHost): void {
    return http.on(
      'GET',
      '/12345/changes',
      servePolled(this.world.clock, this.world.outlet, {
        feed: FEED,
        contentType: 'application/json; charset=utf-8',
        periodS: 1,
        variant: (exchange) => exchange.request.url ?? '',
        build: (_, exchange) => this.page(exchange),
      }),
    );
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'ticket-surge') return null;
    const code = this.templates.some((t) => t.code === request['category'])
      ? String(request['category'])
      : null;
    this.surge = {
      code,
      until: this.world.clock.now() + Number(request['forS'] ?? 600) * 1000,
      title: typeof request['title'] === 'string' ? request['title'] : null,
      position: Array.isArray(request['position']) ? (request['position'] as unknown as LonLat) : null,
      factor: Number(request['factor'] ?? 12),
    };
    return { injected: 'ticket-surge', category: code };
  }
}

export function createTickets(world: World): Source {
  return new Hotline(world);
}
