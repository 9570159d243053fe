// Public posts about the city: one generator, two ways out: an Atom feed and a stream of JSON lines whose later
// lines bring newer counts of the same post. No authors, no accounts.
import type { ServerResponse } from 'node:http';
import { createRandom, keyOf } from '../engine/random.ts';
import { element, xmlDocument } from '../protocols/xml.ts';
import { fill, happens, pickScene, readTexts } from '../texts/texts.ts';
import { servePolled } from '../transport/polled-document.ts';
import type { Exchange } from '../transport/http-server.ts';
import type { Source, World } from '../world.ts';

const ATOM = 'opinion-atom';
const STREAM = 'opinion-stream';
const MEAN_GAP_MS = 11_000;
const COUNT_PERIOD_MS = 20_000;
const ATOM_PERIOD_S = 15;
const ATOM_ENTRIES = 50;
const KEEP = 600;
const KEEP_ALIVE_MS = 15_000;
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
}

interface Line {
  seq: number;
  payload: object;
}

export function createOpinion(world: World): Source {
  const { clock, time, outlet, seed, startAt, rhythm } = world;
  const random = createRandom(seed, keyOf('opinion'));
  const templates = readTexts<Template>('posts');
  const posts: Post[] = [];
  const lines: Line[] = [];
  const listeners = new Set<ServerResponse>();
  let seq = 0;
  let serial = 0;
  /** A surge an operator started: topic and until when. */
  let surge: { topic: string; until: number } | null = null;

  const payload = (p: Post): object => ({
    itemId: p.id,
    platform: p.platform,
    publishedAt: time.iso(p.publishedAt),
    topicId: p.topic,
    title: p.title,
    text: p.text,
    sentiment: p.sentiment,
    reads: p.reads,
    interactions: p.interactions,
    regionCode: p.region,
    lon: p.lon,
    lat: p.lat,
    synthetic: true,
  });

  const write = (response: ServerResponse, line: Line): void => {
    for (const record of outlet.faults.records(STREAM, [line.payload])) {
      const bytes = Buffer.from(`${JSON.stringify({ id: line.seq, ...record })}\n`);
      outlet.push(STREAM, { bytes, records: 1 }, (out) => {
        if (!response.destroyed) response.write(out);
      });
    }
  };
  const tell = (p: Post): void => {
    const line = { seq: ++seq, payload: payload(p) };
    lines.push(line);
    if (lines.length > KEEP) lines.shift();
    for (const response of listeners) write(response, line);
  };

  const publish = (publishedAt: number): void => {
    const fitting = templates.filter((t) => happens(world, t.when, clock.now()));
    const hot =
      surge !== null && surge.until > clock.now() ? fitting.filter((t) => t.topic === surge?.topic) : [];
    const template = hot.length > 0 && random.chance(0.75) ? random.pick(hot) : random.pick(fitting);
    const scene = pickScene(world, random);
    const placed = random.chance(0.55);
    const post: Post = {
      id: `op-${time.date(publishedAt).replaceAll('-', '')}-${String(++serial).padStart(6, '0')}`,
      platform: random.pick(PLATFORMS),
      publishedAt,
      updatedAt: publishedAt,
      topic: template.topic,
      title: fill(random.pick(template.titles), scene),
      text: fill(random.pick(template.texts), scene),
      sentiment:
        Math.round(Math.max(-1, Math.min(1, template.mood + random.between(-0.25, 0.25))) * 100) / 100,
      fame: Math.round(150 * Math.exp(random.wait(1.5))),
      spreadH: random.between(0.5, 8),
      reads: 0,
      interactions: 0,
      region: scene.region,
      // A town's or a public place's neighbourhood, never a home: two decimals (about a kilometre).
      lon: placed ? Math.round(scene.position[0] * 100) / 100 : null,
      lat: placed ? Math.round(scene.position[1] * 100) / 100 : null,
    };
    posts.push(post);
    if (posts.length > KEEP) posts.shift();
    grow(post);
    tell(post);
  };
  const grow = (p: Post): void => {
    const hours = (clock.now() - p.publishedAt) / 3_600_000 + 0.02;
    p.reads = Math.max(p.reads, Math.round(p.fame * (1 - Math.exp(-hours / p.spreadH)) * (hot(p) ? 20 : 1)));
    p.interactions = Math.round(p.reads * 0.012 * (1 + Math.abs(p.sentiment)));
    p.updatedAt = Math.floor(clock.now() / 1000) * 1000;
  };
  const hot = (p: Post): boolean => surge !== null && surge.until > clock.now() && surge.topic === p.topic;

  const next = (): void => {
    publish(Math.floor(clock.now() / 1000) * 1000);
    const pace = rhythm.posting(clock.now()) * (surge !== null && surge.until > clock.now() ? 8 : 1);
    clock.at(clock.now() + Math.max(500, Math.min(20_000, random.wait(MEAN_GAP_MS) / pace)), next);
  };

  const connect = ({ response, query }: Exchange): void => {
    if (outlet.faults.transport(STREAM).stopped) {
      outlet.drop(STREAM);
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
    });
    const since = query.get('since') ?? '';
    // `since` is an itemId or the number of a line; unknown or missing: what is kept.
    const at = /^\d+$/.test(since)
      ? Number(since)
      : (lines.findLast((l) => (l.payload as { itemId: string }).itemId === since)?.seq ?? 0);
    for (const line of lines.filter((l) => l.seq > at).slice(-200)) write(response, line);
    response.write('\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  };
  const beat = setInterval(() => {
    if (outlet.faults.transport(STREAM).stopped) return;
    for (const response of listeners) response.write('\n');
  }, KEEP_ALIVE_MS);
  beat.unref();

  const entry = (p: Post): string =>
    element('entry', [
      element('id', `urn:opinion:${p.id}`),
      element('title', p.title),
      element('published', time.iso(p.publishedAt)),
      element('updated', time.iso(p.updatedAt)),
      element('summary', p.text, { type: 'text' }),
      element('category', [], { term: p.topic }),
      element('category', [], { scheme: 'platform', term: p.platform }),
      element('op:sentiment', p.sentiment),
      element('op:reads', p.reads),
      element('op:interactions', p.interactions),
      element('op:regionCode', p.region),
      p.lon === null ? '' : element('georss:point', `${p.lat} ${p.lon}`),
    ]);

  const atom = (at: number, origin: string): { body: Buffer; records: number } => {
    const list = posts
      .filter((p) => SYNDICATED.has(p.platform) && p.publishedAt <= at + ATOM_PERIOD_S * 1000)
      .slice(-ATOM_ENTRIES)
      .reverse();
    const records = outlet.faults.records(ATOM, list);
    const updated = list.reduce((last, p) => Math.max(last, p.updatedAt), startAt);
    const root = element(
      'feed',
      [
        element('id', `urn:opinion:${world.city.code}`),
        element('title', `${world.city.name}公开信息（演示数据）`),
        element('updated', time.iso(updated)),
        element('link', [], { rel: 'self', href: `${origin}/opinion/posts.atom` }),
        ...records.map(entry),
      ],
      {
        xmlns: 'http://www.w3.org/2005/Atom',
        'xmlns:op': 'urn:cockpit:opinion',
        'xmlns:georss': 'http://www.georss.org/georss',
      },
    );
    return { body: xmlDocument(root), records: records.length };
  };

  return {
    feeds: [ATOM, STREAM],
    objects: () => ({ posts: posts.length }),
    start: () => {
      for (let i = BACKLOG; i > 0; i--) publish(Math.floor((startAt - i * 90_000) / 1000) * 1000);
      clock.at(startAt + 2_000, next);
      clock.every(startAt + COUNT_PERIOD_MS, COUNT_PERIOD_MS, () => {
        for (const p of posts.slice(-80)) {
          const before = p.reads;
          if (!random.chance(0.08)) continue;
          grow(p);
          if (p.reads > before * 1.05) tell(p);
        }
      });
    },
    stop: () => {
      clearInterval(beat);
      for (const response of listeners) response.end();
    },
    routes: (http) => {
      http.on(
        'GET',
        '/opinion/posts.atom',
        servePolled(clock, outlet, {
          feed: ATOM,
          contentType: 'application/atom+xml; charset=utf-8',
          periodS: ATOM_PERIOD_S,
          variant: (exchange) => exchange.origin,
          build: (at, { origin }) => atom(at, origin),
        }),
      );
      http.on('GET', '/opinion/stream', connect);
    },
    inject: (request) => {
      if (request['kind'] !== 'opinion-surge') return null;
      const topics = new Set(templates.map((t) => t.topic));
      const topic = topics.has(String(request['topic'])) ? String(request['topic']) : '交通出行';
      surge = { topic, until: clock.now() + Number(request['forS'] ?? 600) * 1000 };
      return { injected: 'opinion-surge', topic };
    },
  };
}
