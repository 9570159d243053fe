// GET /api/history/…: the state of a layer at a past moment, and how far and how densely history reaches.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { pastClocks } from '../../contracts/stretch.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { ExtentAnswer, ExtentAsk, Gap, History } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/port.ts';
import { knownLayer, labelOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const DAY_MS = 24 * 3_600_000;
/** Of the time axis. */
const MOST_BINS = 2000;
const LEAST_BIN_MS = 60_000;
/** Every screen asks for the same axis: it is read once in this time, milliseconds. */
const SHARED_MS = 10_000;
const MOST_SHARED = 32;

export interface HistoryParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly history: History;
  /** Stretches in which the server did not run. */
  readonly outages: () => readonly Gap[];
}

export function historyRoutes(parts: HistoryParts): Route[] {
  return [frameRoute(parts), extentRoute(parts)];
}

const about = () => ({ kind: 'world', id: 'history' }) as const;

const frameQuery = z.strictObject({
  layer: z.string().max(60),
  /** Epoch ms: when it was known. */
  at: z.coerce.number().int(),
  as: z.enum(['frame', 'geojson']).default('geojson'),
  /** What was known then, or what was true as far as is known today. */
  clock: z.enum(pastClocks).default('known'),
});

function frameRoute({ world, clock, history }: HistoryParts): Route {
  return route({
    method: 'get',
    path: '/api/history/frame',
    title: title('某一时刻的图层', 'A layer as it was known at a moment'),
    answers: { type: 'application/geo+json' },
    action: 'read-history',
    about,
    query: frameQuery,
    answer: async ({ query, subject }, response) => {
      const { layer } = knownLayer(world, query.layer);
      if (query.at > clock.now()) throw new CodedError('request/invalid', `at ${query.at} is still to come`);
      const ask = {
        layer: layer.slug,
        at: query.at,
        label: labelOf(subject, layer.slug),
        reach: reachOf(subject.areas, layer),
        as: query.as,
        clock: query.clock,
      };
      const state = await history.ask('frame', ask);
      if (!state) {
        const moment = new Date(query.at).toISOString();
        throw new CodedError('request/not-found', `a state of layer ${layer.slug} at ${moment}`);
      }
      response.set({
        'X-Known-At': String(state.knownAt),
        'X-Until': String(state.until),
        'X-Tick': String(state.tick),
        'X-Tier': state.tier,
      });
      response.type(query.as === 'geojson' ? 'application/geo+json' : 'application/octet-stream');
      response.send(Buffer.from(state.bytes));
    },
  });
}

const extentQuery = z.strictObject({
  /** Slugs; absent: all layers. */
  layers: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  bins: z.coerce.number().int().min(1).max(MOST_BINS).default(240),
});

function extentRoute({ world, clock, history, outages }: HistoryParts): Route {
  const extentOf = sharedExtents(history, clock);
  return route({
    method: 'get',
    path: '/api/history/extent',
    title: title('历史范围与密度', 'From when to when history reaches, and how densely'),
    action: 'read-history',
    about,
    query: extentQuery,
    answer: async ({ query }, response) => {
      const slugs = query.layers ?? [...world.layers.keys()];
      const layers = slugs.map((slug) => knownLayer(world, slug).layer.slug);
      const to = query.to ?? clock.now();
      const from = query.from ?? to - DAY_MS;
      if (from >= to) throw new CodedError('request/invalid', `from ${from} is not before to ${to}`);
      const binMs = Math.max(LEAST_BIN_MS, Math.ceil((to - from) / query.bins));
      const extent = await extentOf({ layers, from, to, binMs });
      const gaps = outages()
        .filter(([, end]) => end > Math.max(from, extent.from ?? Infinity))
        .map(([start, end]): Gap => [Math.max(start, from), Math.min(end, to)])
        .filter(([start, end]) => end > start);
      response.json({ ...extent, range: [from, to], binMs, gaps });
    },
  });
}

type Extents = (ask: ExtentAsk) => Promise<ExtentAnswer>;

/** Extents that were asked for a moment ago are answered as they were then. */
function sharedExtents(history: History, clock: Clock): Extents {
  const shared = new Map<string, { readonly at: number; readonly answer: Promise<ExtentAnswer> }>();
  return (ask) => {
    const name = JSON.stringify(ask);
    const known = shared.get(name);
    if (known && Math.abs(clock.elapsed() - known.at) < SHARED_MS) return known.answer;
    const answer = history.ask('extent', ask);
    shared.delete(name);
    shared.set(name, { at: clock.elapsed(), answer });
    answer.catch(() => shared.delete(name));
    for (const oldest of shared.keys()) {
      if (shared.size <= MOST_SHARED) break;
      shared.delete(oldest);
    }
    return answer;
  };
}
