// The release centre for warnings: an Atom index of CAP 1.2 documents. Issued by what the weather does and on a
// slow schedule; upgraded, cancelled and left to expire as in service.
import type { County } from '../city/city.ts';
import { HOUR } from '../engine/local-time.ts';
import type { LonLat } from '../engine/geo.ts';
import { createRandom, keyOf } from '../engine/random.ts';
import { encodeCap, referenceTo, type CapAlert, type CapArea } from '../protocols/cap.ts';
import { element, xmlDocument } from '../protocols/xml.ts';
import { readTexts } from '../texts/texts.ts';
import { RequestError, type HttpHost } from '../transport/http-server.ts';
import { answer, servePolled } from '../transport/polled-document.ts';
import type { Source, World } from '../world.ts';

const FEED = 'warning-cap';
const INDEX_PERIOD_S = 5;
const SHOWN = 60;
/** A new message about every this long. */
const MEAN_GAP_MS = 420_000;
const WATCH_MS = 300_000;
/** Heaviest rain of a county seat at which a rain warning is issued, mm/h, by colour. */
const RAIN_STEPS = [
  ['红', 45],
  ['橙', 28],
  ['黄', 16],
  ['蓝', 8],
] as const;

type Colour = '蓝' | '黄' | '橙' | '红';

interface Kind {
  event: string;
  code: string;
  category: string;
  months: number[];
  colours: Colour[];
  text: string;
}

interface Issued {
  alert: CapAlert;
  updatedAt: number;
  expiresAt: number;
  kind: Kind;
  colour: Colour;
  counties: County[];
  /** Replaced or cancelled: no further message refers to it. */
  over: boolean;
}

const SEVERITY = { 红: 'Extreme', 橙: 'Severe', 黄: 'Moderate', 蓝: 'Minor' } as const;
const COLOURS: readonly Colour[] = ['蓝', '黄', '橙', '红'];
const MAX_RING = 90;
/** Events before which people are moved. */
const MOVING = new Set(['暴雨', '地质灾害', '山洪灾害']);

function responseOf(kind: Kind, colour: Colour, over: boolean): string {
  if (over) return 'AllClear';
  if (colour === '蓝' || colour === '黄') return 'Monitor';
  return MOVING.has(kind.event) ? 'Evacuate' : 'Prepare';
}

function ringOf(county: County): LonLat[] | null {
  const ring = county.rings[0];
  if (ring === undefined || ring.length < 4) return null;
  const step = Math.ceil(ring.length / MAX_RING);
  const thinned = ring.filter((_, i) => i % step === 0);
  return [...thinned, thinned[0] as LonLat];
}

interface Wanted {
  kind: Kind;
  colour: Colour;
  counties: County[];
  at: number;
  hours: number;
  status?: CapAlert['status'];
  polygons?: boolean;
  refersTo?: Issued;
  cancel?: boolean;
}

class WarningCentre implements Source {
  private readonly world: World;
  private readonly random: import('../engine/random.ts').Random;
  private readonly kinds: Kind[];
  private readonly counties: County[];
  private readonly issued: Issued[];
  private serial: number;

  constructor(world: World) {
    this.world = world;
    this.random = createRandom(this.world.seed, keyOf(FEED));
    this.kinds = readTexts<Kind>('warnings');
    this.counties = this.world.city.counties.filter((county) => county.kind === 'county');
    this.issued = [];
    this.serial = 0;
    interface Wanted {
      kind: Kind;
      colour: Colour;
      counties: County[];
      at: number;
      hours: number;
      status?: CapAlert['status'];
      polygons?: boolean;
      refersTo?: Issued;
      cancel?: boolean;
    }
  }

  private readonly areasOf = (list: readonly County[], polygons: boolean): CapArea[] =>
    list.map((county) => ({
      description: county.name,
      polygon: polygons ? ringOf(county) : null,
      circle: null,
      geocode: county.code,
    }));

  private readonly issue = (w: Wanted): Issued => {
    this.serial += 1;
    const area =
      w.counties.length === 0 ? this.world.city.name : w.counties.map((county) => county.name).join('、');
    const sender = w.kind.category === 'Met' ? 'qxj@warning.example' : 'yjj@warning.example';
    const senderName = `${this.world.city.name}${w.kind.category === 'Met' ? '气象台' : '应急管理局'}`;
    const exercise = w.status === 'Exercise' ? '【演练】' : '';
    const expiresAt = w.at + w.hours * HOUR;
    const verb = w.cancel === true ? '解除' : w.refersTo === undefined ? '发布' : '变更为';
    const alert: CapAlert = {
      identifier: `${this.world.city.code}41600000_${this.world.time.digits(w.at)}${String(this.serial).padStart(4, '0')}`,
      sender,
      senderName,
      sent: this.world.time.iso(w.at),
      status: w.status ?? 'Actual',
      msgType: w.cancel === true ? 'Cancel' : w.refersTo === undefined ? 'Alert' : 'Update',
      references: w.refersTo === undefined ? [] : [referenceTo(w.refersTo.alert)],
      category: w.kind.category,
      event: w.kind.event,
      eventCode: w.kind.code,
      urgency: w.cancel === true ? 'Past' : w.hours <= 6 ? 'Immediate' : 'Expected',
      severity: SEVERITY[w.colour],
      certainty: w.hours <= 6 ? 'Observed' : 'Likely',
      responseType: responseOf(w.kind, w.colour, w.cancel === true),
      effective: this.world.time.iso(w.at),
      onset: this.world.time.iso(w.at),
      expires: this.world.time.iso(expiresAt),
      headline: `${exercise}${senderName}${verb}${w.kind.event}${w.colour}色预警`,
      description:
        w.cancel === true
          ? `${area}${w.kind.event}影响已减弱，解除${w.kind.event}${w.colour}色预警。`
          : exercise +
            w.kind.text
              .replace('{area}', area)
              .replace('{hours}', String(w.hours))
              .replace('{mm}', w.colour === '红' ? '100' : '50'),
      instruction: w.cancel === true ? '转入常态值守。' : '请相关部门和公众做好防范应对工作。',
      colour: w.colour,
      areas: this.areasOf(w.counties, w.polygons ?? true),
    };
    const entry: Issued = {
      alert,
      updatedAt: w.at,
      expiresAt,
      kind: w.kind,
      colour: w.colour,
      counties: w.counties,
      over: w.cancel === true,
    };
    if (w.refersTo !== undefined) w.refersTo.over = true;
    this.issued.push(entry);
    if (this.issued.length > SHOWN) this.issued.shift();
    return entry;
  };

  private readonly inSeason = (at: number): Kind[] =>
    this.kinds.filter((kind) => kind.months.includes(this.world.time.month(at) + 1));

  private readonly some = (count: number): County[] =>
    [...this.counties].sort(() => this.random.next() - 0.5).slice(0, count);

  private readonly kindOf = (event: string): Kind =>
    this.kinds.find((kind) => kind.event === event) ?? (this.kinds[0] as Kind);

  private readonly active = (): Issued[] =>
    this.issued.filter((i) => !i.over && i.expiresAt > this.world.clock.now() && i.alert.status === 'Actual');

  /** What was in force before the start, one of each shape a client must read. */
  private readonly history = (): void => {
    const season = this.inSeason(this.world.startAt);
    const kind = (): Kind => this.random.pick(season);
    const first = this.issue({
      kind: kind(),
      colour: '蓝',
      counties: this.some(1),
      at: this.world.startAt - 5 * HOUR,
      hours: 12,
    });
    this.issue({
      kind: first.kind,
      colour: first.kind.colours.includes('黄') ? '黄' : '蓝',
      counties: first.counties,
      at: this.world.startAt - 2 * HOUR,
      hours: 12,
      refersTo: first,
    });
    this.issue({
      kind: kind(),
      colour: '黄',
      counties: this.some(3),
      at: this.world.startAt - 3 * HOUR,
      hours: 9,
    });
    this.issue({
      kind: this.kindOf('地质灾害'),
      colour: '蓝',
      counties: this.some(2),
      at: this.world.startAt - HOUR,
      hours: 24,
      polygons: false,
    });
    this.issue({
      kind: this.kindOf('大风'),
      colour: '蓝',
      counties: this.some(2),
      at: this.world.startAt - 20 * HOUR,
      hours: 8,
    });
    const gone = this.issue({
      kind: kind(),
      colour: '蓝',
      counties: this.some(1),
      at: this.world.startAt - 9 * HOUR,
      hours: 12,
    });
    this.issue({
      kind: gone.kind,
      colour: gone.colour,
      counties: gone.counties,
      at: this.world.startAt - 4 * HOUR,
      hours: 1,
      refersTo: gone,
      cancel: true,
    });
    this.issue({
      kind: this.kindOf('地质灾害'),
      colour: '橙',
      counties: this.some(1),
      at: this.world.startAt - 1.5 * HOUR,
      hours: 6,
      status: 'Exercise',
    });
    this.issue({
      kind: this.kindOf('大风'),
      colour: '蓝',
      counties: this.some(1),
      at: this.world.startAt - 6 * HOUR,
      hours: 1,
      status: 'Test',
    });
  };

  private readonly change = (): void => {
    const at = Math.floor(this.world.clock.now() / 1000) * 1000;
    const list = this.active();
    const old = list.length > 0 ? this.random.pick(list) : undefined;
    const draw = this.random.next();
    if (old !== undefined && (draw < 0.25 || list.length > 8)) {
      this.issue({
        kind: old.kind,
        colour: old.colour,
        counties: old.counties,
        at,
        hours: 1,
        refersTo: old,
        cancel: true,
      });
    } else if (old !== undefined && draw < 0.45) {
      const step = COLOURS.indexOf(old.colour) + (this.random.chance(0.6) ? 1 : -1);
      const colour = old.kind.colours.find((c) => c === COLOURS[step]) ?? old.colour;
      this.issue({
        kind: old.kind,
        colour,
        counties: old.counties,
        at,
        hours: 6 + this.random.below(12),
        refersTo: old,
      });
    } else {
      const kind = this.random.pick(this.inSeason(at));
      const colour =
        kind.colours[
          Math.min(kind.colours.length - 1, Math.floor(this.random.next() ** 3 * kind.colours.length))
        ] ?? '蓝';
      this.issue({
        kind,
        colour,
        counties: this.some(1 + this.random.below(3)),
        at,
        hours: 6 + this.random.below(18),
        polygons: this.random.chance(0.8),
        status: this.random.chance(0.06) ? 'Exercise' : 'Actual',
      });
    }
    this.world.clock.at(
      this.world.clock.now() + Math.max(60_000, this.random.wait(MEAN_GAP_MS)),
      this.change,
    );
  };

  /** Rain warnings follow the rain itself. */
  private readonly watchRain = (): void => {
    const at = this.world.clock.now();
    for (const county of this.counties) {
      const rain = this.world.weather.rainMmH(county.seat, at);
      const colour = RAIN_STEPS.find(([, least]) => rain >= least)?.[0];
      if (colour === undefined) continue;
      const standing = this.active().find((i) => i.kind.event === '暴雨' && i.counties.includes(county));
      if (standing !== undefined && COLOURS.indexOf(standing.colour) >= COLOURS.indexOf(colour)) continue;
      this.issue({
        kind: this.kindOf('暴雨'),
        colour,
        counties: [county],
        at,
        hours: 6,
        ...(standing === undefined ? {} : { refersTo: standing }),
      });
    }
  };

  private readonly atom = (at: number, origin: string): Buffer =>
    xmlDocument(
      element(
        'feed',
        [
          element('id', `urn:warnings:${this.world.city.code}`),
          element('title', `${this.world.city.name}预警信息（演示数据）`),
          element(
            'updated',
            this.world.time.iso(
              this.issued.reduce((last, i) => Math.max(last, i.updatedAt), this.world.startAt - 24 * HOUR),
            ),
          ),
          element('author', [element('name', `${this.world.city.name}预警信息发布中心`)]),
          element('link', [], { rel: 'self', href: `${origin}/warnings/index.atom` }),
          ...this.world.outlet.faults
            .records(
              FEED,
              this.issued
                .filter((i) => i.updatedAt <= at + INDEX_PERIOD_S * 1000)
                .map((i) => ({ id: i.alert.identifier, updatedAt: i.updatedAt, headline: i.alert.headline })),
            )
            .reverse()
            .map((entry) =>
              element('entry', [
                element('id', entry.id),
                element('title', entry.headline),
                element('updated', this.world.time.iso(entry.updatedAt)),
                element('link', [], {
                  rel: 'alternate',
                  type: 'application/cap+xml',
                  href: `${origin}/warnings/${entry.id}.cap`,
                }),
              ]),
            ),
        ],
        { xmlns: 'http://www.w3.org/2005/Atom' },
      ),
    );

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return { warnings: this.issued.length, warningsInForce: this.active().length };
  }

  start(): void {
    if (this.counties.length === 0 || this.kinds.length === 0) return;
    this.history();
    this.world.clock.at(this.world.startAt + 40_000, this.change);
    this.world.clock.every(this.world.startAt + 20_000, WATCH_MS, this.watchRain);
  }

  routes(http: HttpHost): void {
    http.on(
      'GET',
      '/warnings/index.atom',
      servePolled(this.world.clock, this.world.outlet, {
        feed: FEED,
        contentType: 'application/atom+xml; charset=utf-8',
        periodS: INDEX_PERIOD_S,
        variant: (exchange) => `${exchange.origin}/${this.issued.at(-1)?.alert.identifier ?? ''}`,
        build: (at, { origin }) => ({ body: this.atom(at, origin), records: this.issued.length }),
      }),
    );
    http.on('GET', '/warnings/:file', async (exchange) => {
      const id = (exchange.params['file'] ?? '').replace(/\.cap$/, '');
      const entry = this.issued.find((i) => i.alert.identifier === id);
      if (entry === undefined) throw new RequestError(404, `warning ${id} → no longer kept`);
      const alert = this.world.outlet.faults.records(FEED, [entry.alert])[0] ?? entry.alert;
      await answer(this.world.outlet, FEED, exchange, {
        body: encodeCap(alert),
        records: 1,
        headers: {
          'content-type': 'application/cap+xml; charset=utf-8',
          etag: `"${id}"`,
          'last-modified': new Date(entry.updatedAt).toUTCString(),
        },
      });
    });
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'warning') return null;
    const colour = COLOURS.find((c) => c === request['colour']) ?? '橙';
    const codes = Array.isArray(request['counties']) ? request['counties'].map(String) : [];
    const chosen = this.counties.filter((county) => codes.includes(county.code));
    const entry = this.issue({
      kind: this.kindOf(String(request['event'] ?? '暴雨')),
      colour,
      counties: chosen.length > 0 ? chosen : this.some(1),
      at: Math.floor(this.world.clock.now() / 1000) * 1000,
      hours: Number(request['hours'] ?? 6),
      status: request['status'] === 'Exercise' ? 'Exercise' : 'Actual',
    });
    return { injected: 'warning', id: entry.alert.identifier };
  }
}

export function createWarnings(world: World): Source {
  return new WarningCentre(world);
}
