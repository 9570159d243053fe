// Public posts about the city: one generator, two ways out: an Atom feed and a stream of JSON lines whose later
// lines bring newer counts of the same post. No authors, no accounts.
import type { ServerResponse } from 'node:http';
import { createRandom, keyOf, unit, type Random } from '../engine/random.ts';
import { element, xmlDocument } from '../protocols/xml.ts';
import { fill, happens, pickScene, pickShare, readTexts } from '../texts/texts.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Exchange, HttpHost } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const ATOM = 'opinion-atom';
const STREAM = 'opinion-stream';
/** Some 1,300 posts a day. */
const MEAN_GAP_MS = 66_000;
/** While a topic is hot, of the least of surges. */
const SURGE_GAP_MS = 11_000;
const LONGEST_GAP_MS = 300_000;
const COUNT_PERIOD_MS = 20_000;
const ATOM_PERIOD_S = 15;
const ATOM_ENTRIES = 50;
const KEEP = 600;
const KEEP_ALIVE_MS = 15_000;
/** Lines at most told to who comes back. */
const RESUME = 300;
/** Of posts that complain, this share is sent for a check; of those that pass on hearsay, far more. */
const DOUBTED = 0.03;
const DOUBTED_HEARSAY = 0.2;
const HEARSAY = /听说|网传|传言|据说/;
/** A check takes at least and at most so long, minutes. */
const CHECK_MIN = [15, 75] as const;
/** Posts that were there before the start. */
const BACKLOG = 40;

const PLATFORMS = ['weibo', 'wechat', 'douyin', 'toutiao', 'forum', 'news'] as const;
type Platform = (typeof PLATFORMS)[number];
/** What is syndicated as Atom; the rest comes through the stream. */
const SYNDICATED: ReadonlySet<Platform> = new Set(['forum', 'news', 'wechat']);

interface Template {
  topic: string;
  when: string;
  mood: number;
  share: number;
  titles: string[];
  texts: string[];
}

interface Post {
  id: string;
  platform: Platform;
  publishedAt: number;
  updatedAt: number;
  topic: string;
  title: string;
  text: string;
  sentiment: number;
  /** Reads it will have in the end, and the hours in which it gets there. */
  fame: number;
  spreadH: number;
  reads: number;
  interactions: number;
  region: string;
  lon: number | null;
  lat: number | null;
  /** null: what is syndicated is not followed by those who check. */
  check: Check | null;
}

type Check = 'none' | 'open' | 'true' | 'false' | 'partly';

interface Line {
  itemId: string;
  payload: object;
}

interface Surge {
  topic: string;
  until: number;
  /** What its posts say; null: as usual for the topic. */
  title: string | null;
  factor: number;
}

class OpinionSources implements Source {
  private readonly world: World;
  private readonly random: Random;
  private readonly templates: Template[];
  private readonly posts: Post[];
  private readonly lines: Line[];
  private readonly listeners: Set<ServerResponse>;
  private serial: number;
  /** A surge an operator started: topic and until when. */
  private surge: Surge | null;
  private readonly stopBeat: () => void;

  constructor(world: World) {
    this.world = world;
    this.random = createRandom(this.world.seed, keyOf('opinion'));
    this.templates = readTexts<Template>('posts');
    this.posts = [];
    this.lines = [];
    this.listeners = new Set<ServerResponse>();
    this.serial = 0;
    this.surge = null;
    this.stopBeat = this.world.wire.every(KEEP_ALIVE_MS, () => {
      if (this.world.outlet.faults.transport(STREAM).stopped) return;
      for (const response of this.listeners) response.write('\n');
    });
  }

  private readonly payload = (p: Post): object => ({
    itemId: p.id,
    platform: p.platform,
    publishedAt: this.world.time.iso(p.publishedAt),
    topicId: p.topic,
    title: p.title,
    text: p.text,
    sentiment: p.sentiment,
    reads: p.reads,
    interactions: p.interactions,
    regionCode: p.region,
    lon: p.lon,
    lat: p.lat,
    ...(p.check === null ? {} : { check: p.check }),
    synthetic: true,
  });

  private readonly write = (response: ServerResponse, line: Line): void => {
    for (const record of this.world.outlet.faults.records(STREAM, [line.payload])) {
      const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
      this.world.outlet.push(STREAM, { bytes, records: 1 }, (out) => {
        if (!response.destroyed) response.write(out);
      });
    }
  };

  /** On the stream. What is syndicated comes as Atom alone: told on both ways it would be two posts. */
  private readonly tell = (p: Post): void => {
    if (SYNDICATED.has(p.platform)) return;
    const line = { itemId: p.id, payload: this.payload(p) };
    this.lines.push(line);
    if (this.lines.length > KEEP) this.lines.shift();
    for (const response of this.listeners) this.write(response, line);
  };

  private readonly publish = (publishedAt: number): void => {
    const fitting = this.templates.filter((t) => happens(this.world, t.when, this.world.clock.now()));
    const hot =
      this.surge !== null && this.surge.until > this.world.clock.now()
        ? this.templates.filter((t) => t.topic === this.surge?.topic)
        : [];
    const template =
      hot.length > 0 && this.random.chance(0.75) ? this.random.pick(hot) : pickShare(this.random, fitting);
    const scene = pickScene(this.world, this.random);
    const told = this.told(template.topic);
    const placed = this.random.chance(0.55);
    const post: Post = {
      id: `op-${this.world.time.date(publishedAt).replaceAll('-', '')}-${String(++this.serial).padStart(6, '0')}`,
      platform: this.random.pick(PLATFORMS),
      publishedAt,
      updatedAt: publishedAt,
      topic: template.topic,
      title: fill(told ?? this.random.pick(template.titles), scene),
      text: fill(this.random.pick(template.texts), scene),
      sentiment:
        Math.round(Math.max(-1, Math.min(1, template.mood + this.random.between(-0.25, 0.25))) * 100) / 100,
      fame: Math.round(150 * Math.exp(this.random.wait(1.5))),
      spreadH: this.random.between(0.5, 8),
      reads: 0,
      interactions: 0,
      region: scene.region,
      // A town's or a public place's neighbourhood, never a home: two decimals (about a kilometre).
      lon: placed ? Math.round(scene.position[0] * 100) / 100 : null,
      lat: placed ? Math.round(scene.position[1] * 100) / 100 : null,
      check: null,
    };
    this.posts.push(post);
    if (this.posts.length > KEEP) this.posts.shift();
    this.grow(post);
    if (!SYNDICATED.has(post.platform)) this.sendForCheck(post);
    this.tell(post);
  };

  /** By chance of the post's own, so that what else is said does not depend on it. */
  private readonly sendForCheck = (p: Post): void => {
    const { seed, clock } = this.world;
    const key = keyOf(p.id);
    const share = HEARSAY.test(p.title) ? DOUBTED_HEARSAY : p.sentiment < -0.25 ? DOUBTED : 0;
    p.check = unit(seed, key, 31) < share ? 'open' : 'none';
    if (p.check === 'none') return;
    const [least, most] = CHECK_MIN;
    const takesMs = (least + (most - least) * unit(seed, key, 32)) * 60_000;
    const draw = unit(seed, key, 33);
    clock.at(Math.max(clock.now(), p.publishedAt + takesMs), () => {
      p.check = draw < 0.6 ? 'false' : draw < 0.8 ? 'partly' : 'true';
      this.grow(p);
      this.tell(p);
    });
  };

  private readonly grow = (p: Post): void => {
    const hours = (this.world.clock.now() - p.publishedAt) / 3_600_000 + 0.02;
    p.reads = Math.max(
      p.reads,
      Math.round(p.fame * (1 - Math.exp(-hours / p.spreadH)) * (this.hot(p) ? 20 : 1)),
    );
    p.interactions = Math.round(p.reads * 0.012 * (1 + Math.abs(p.sentiment)));
    p.updatedAt = Math.floor(this.world.clock.now() / 1000) * 1000;
  };

  /** What a post of the surge says, or null: as usual. */
  private readonly told = (topic: string): string | null =>
    this.surge !== null && this.surge.until > this.world.clock.now() && this.surge.topic === topic
      ? this.surge.title
      : null;

  private readonly hot = (p: Post): boolean =>
    this.surge !== null && this.surge.until > this.world.clock.now() && this.surge.topic === p.topic;

  private readonly next = (): void => {
    this.publish(Math.floor(this.world.clock.now() / 1000) * 1000);
    const now = this.world.clock.now();
    const surge = this.surge !== null && this.surge.until > now ? this.surge : null;
    const meanMs = surge ? SURGE_GAP_MS / surge.factor : MEAN_GAP_MS;
    const gapMs = this.random.wait(meanMs) / this.world.rhythm.posting(now);
    this.world.clock.at(now + Math.max(500, Math.min(surge ? 20_000 : LONGEST_GAP_MS, gapMs)), this.next);
  };

  private readonly connect = ({ response, query }: Exchange): void => {
    if (this.world.outlet.faults.transport(STREAM).stopped) {
      this.world.outlet.drop(STREAM);
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    });
    const since = query.get('since') ?? '';
    // `since` is an itemId: all after its first line, since a later line of it may be news. Unknown: what is kept.
    const at = this.lines.findIndex((line) => line.itemId === since);
    for (const line of this.lines.slice(at + 1).slice(-RESUME)) this.write(response, line);
    response.write('\n');
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  };

  private readonly entry = (p: Post): string =>
    element('entry', [
      element('id', `urn:opinion:${p.id}`),
      element('title', p.title),
      element('published', this.world.time.iso(p.publishedAt)),
      element('updated', this.world.time.iso(p.updatedAt)),
      element('summary', p.text, { type: 'text' }),
      element('category', [], { term: p.topic }),
      element('category', [], { scheme: 'platform', term: p.platform }),
      element('op:sentiment', p.sentiment),
      element('op:reads', p.reads),
      element('op:interactions', p.interactions),
      element('op:regionCode', p.region),
      p.lon === null ? '' : element('georss:point', `${p.lat} ${p.lon}`),
    ]);

  private readonly atom = (at: number, origin: string): { body: Buffer; records: number } => {
    const list = this.posts
      .filter((p) => SYNDICATED.has(p.platform) && p.publishedAt <= at + ATOM_PERIOD_S * 1000)
      .slice(-ATOM_ENTRIES)
      .reverse();
    const records = this.world.outlet.faults.records(ATOM, list);
    const updated = list.reduce((last, p) => Math.max(last, p.updatedAt), this.world.startAt);
    const root = element(
      'feed',
      [
        element('id', `urn:opinion:${this.world.city.code}`),
        element('title', `${this.world.city.name}公开信息（演示数据）`),
        element('updated', this.world.time.iso(updated)),
        element('link', [], { rel: 'self', href: `${origin}/opinion/posts.atom` }),
        ...records.map(this.entry),
      ],
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:op': 'urn:cockpit:opinion',
        'xmlns:georss': 'http://www.georss.org/georss',
      },
    );
    return { body: xmlDocument(root), records: records.length };
  };

  readonly feeds = [ATOM, STREAM];

  objects(): Readonly<Record<string, number>> {
    return { posts: this.posts.length };
  }

  start(): void {
    for (let i = BACKLOG; i > 0; i--)
      this.publish(Math.floor((this.world.startAt - i * MEAN_GAP_MS) / 1000) * 1000);
    this.world.clock.at(this.world.startAt + 2_000, this.next);
    this.world.clock.every(this.world.startAt + COUNT_PERIOD_MS, COUNT_PERIOD_MS, () => {
      for (const p of this.posts.slice(-80)) {
        const before = p.reads;
        if (!this.random.chance(0.08)) continue;
        this.grow(p);
        if (p.reads > before * 1.05) this.tell(p);
      }
    });
  }

  stop(): void {
    this.stopBeat();
    for (const response of this.listeners) response.end();
  }

  routes(http: HttpHost): void {
    http.on(
      'GET',
      '/opinion/posts.atom',
      servePolled(this.world.clock, this.world.outlet, {
        feed: ATOM,
        contentType: 'application/atom+xml; charset=utf-8',
        periodS: ATOM_PERIOD_S,
        variant: (exchange) => exchange.origin,
        build: (at, { origin }) => this.atom(at, origin),
      }),
    );
    http.on('GET', '/opinion/stream', this.connect);
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'opinion-surge') return null;
    const topics = new Set(this.templates.map((t) => t.topic));
    const topic = topics.has(String(request['topic'])) ? String(request['topic']) : '交通出行';
    this.surge = {
      topic,
      until: this.world.clock.now() + Number(request['forS'] ?? 600) * 1000,
      title: typeof request['title'] === 'string' ? request['title'] : null,
      factor: Number(request['factor'] ?? 8),
    };
    return { injected: 'opinion-surge', topic };
  }
}

export function createOpinion(world: World): Source {
  return new OpinionSources(world);
}
