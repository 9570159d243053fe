// The release centre for warnings: an Atom index of CAP 1.2 documents. Issued by what the weather does and on a
// slow schedule; upgraded, cancelled and left to expire as in service.
import type { County } from '../city/city.ts';
import { HOUR } from '../engine/local-time.ts';
import { createRandom, keyOf, type Random } from '../engine/random.ts';
import { encodeCap } from '../protocols/cap.ts';
import { element, xmlDocument } from '../protocols/xml.ts';
import { readTexts } from '../texts/texts.ts';
import { RequestError, type HttpHost } from '../transport/http-server.ts';
import { answer, servePolled } from '../transport/polled-document.ts';
import type { Source, World } from '../world.ts';
import type { TownReceipts } from './town-receipts.ts';
import { COLOURS, toAlert, type Colour, type Issued, type Kind, type Wanted } from './warning-alert.ts';

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

interface Past {
  /** null: one of the season. */
  event: string | null;
  colour: Colour;
  counties: number;
  hoursAgo: number;
  hours: number;
  /** Updates or cancels the one before it in the list. */
  follows?: true;
  cancel?: true;
  polygons?: false;
  status?: 'Exercise' | 'Test';
}

const HISTORY: readonly Past[] = [
  { event: null, colour: '蓝', counties: 1, hoursAgo: 5, hours: 12 },
  { event: null, colour: '黄', counties: 1, hoursAgo: 2, hours: 12, follows: true },
  { event: null, colour: '黄', counties: 3, hoursAgo: 3, hours: 9 },
  { event: '地质灾害', colour: '蓝', counties: 2, hoursAgo: 1, hours: 24, polygons: false },
  { event: '大风', colour: '蓝', counties: 2, hoursAgo: 20, hours: 8 },
  { event: null, colour: '蓝', counties: 1, hoursAgo: 9, hours: 12 },
  { event: null, colour: '蓝', counties: 1, hoursAgo: 4, hours: 1, follows: true, cancel: true },
  { event: '地质灾害', colour: '橙', counties: 1, hoursAgo: 1.5, hours: 6, status: 'Exercise' },
  { event: '大风', colour: '蓝', counties: 1, hoursAgo: 6, hours: 1, status: 'Test' },
];

class WarningCentre implements Source {
  private readonly world: World;
  private readonly random: Random;
  private readonly kinds: Kind[];
  private readonly counties: County[];
  private readonly issued: Issued[];
  private serial: number;
  private readonly receipts: TownReceipts | undefined;

  constructor(world: World, receipts?: TownReceipts) {
    this.world = world;
    this.receipts = receipts;
    this.random = createRandom(this.world.seed, keyOf(FEED));
    this.kinds = readTexts<Kind>('warnings');
    this.counties = this.world.city.counties.filter((county) => county.kind === 'county');
    this.issued = [];
    this.serial = 0;
  }

  private readonly issue = (w: Wanted): Issued => {
    this.serial += 1;
    const alert = toAlert(this.world, w, this.serial);
    const entry: Issued = {
      alert,
      updatedAt: w.at,
      expiresAt: w.at + w.hours * HOUR,
      kind: w.kind,
      colour: w.colour,
      counties: w.counties,
      over: w.cancel === true,
    };
    if (w.refersTo !== undefined) w.refersTo.over = true;
    this.issued.push(entry);
    if (alert.status === 'Actual' && w.cancel !== true && w.at >= this.world.startAt)
      this.receipts?.warned(alert.identifier, w.counties, w.answerS);
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
    let last: Issued | undefined;
    for (const h of HISTORY) {
      const follows = h.follows === true ? last : undefined;
      const kind = follows?.kind ?? (h.event === null ? this.random.pick(season) : this.kindOf(h.event));
      last = this.issue({
        kind,
        colour: kind.colours.includes(h.colour) ? h.colour : '蓝',
        counties: follows?.counties ?? this.some(h.counties),
        at: this.world.startAt - h.hoursAgo * HOUR,
        hours: h.hours,
        polygons: h.polygons ?? true,
        status: h.status ?? 'Actual',
        cancel: h.cancel ?? false,
        ...(follows === undefined ? {} : { refersTo: follows }),
      });
    }
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
    if (this.counties.length === 0 || this.kinds.length === 0 || this.world.quiet.has('warnings')) return;
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
      await answer(this.world.outlet, exchange, {
        feed: FEED,
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
    if (request['kind'] === 'warning-cancel') return this.cancel(String(request['of']));
    if (request['kind'] !== 'warning') return null;
    if (request['cancel'] !== undefined) return this.cancel(String(request['cancel']));
    const colour = COLOURS.find((c) => c === request['colour']) ?? '橙';
    const codes = Array.isArray(request['counties']) ? request['counties'].map(String) : [];
    const chosen = this.counties.filter((county) => codes.includes(county.code));
    const old = request['updates'] === undefined ? undefined : this.inForce(String(request['updates']));
    const entry = this.issue({
      kind: this.kindOf(String(request['event'] ?? '暴雨')),
      colour,
      counties: chosen.length > 0 ? chosen : this.some(1),
      at: Math.floor(this.world.clock.now() / 1000) * 1000,
      hours: Number(request['hours'] ?? 6),
      status: request['status'] === 'Exercise' ? 'Exercise' : 'Actual',
      ...(old === undefined ? {} : { refersTo: old }),
      ...(typeof request['answerS'] === 'number' ? { answerS: request['answerS'] } : {}),
    });
    return { injected: 'warning', id: entry.alert.identifier };
  }

  private inForce(id: string): Issued {
    const found = this.issued.find(
      (i) => i.alert.identifier === id && !i.over && i.expiresAt > this.world.clock.now(),
    );
    if (found === undefined) throw new RequestError(400, `warning ${id} → the id of a warning in force`);
    return found;
  }

  private cancel(id: string): object {
    const old = this.inForce(id);
    const at = Math.floor(this.world.clock.now() / 1000) * 1000;
    const { kind, colour, counties } = old;
    const entry = this.issue({ kind, colour, counties, at, hours: 1, refersTo: old, cancel: true });
    return { cancelled: id, id: entry.alert.identifier };
  }
}

export function createWarnings(world: World, receipts?: TownReceipts): Source {
  return new WarningCentre(world, receipts);
}
