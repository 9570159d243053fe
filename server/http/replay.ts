// GET /api/history/replay: a stretch of the past as frames, for screens that replay it. GET /api/history/marks: moments
// to jump to. A reader asks for the next stretch when it needs it, so that a slow one holds up nobody.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { pastClocks } from '../../contracts/stretch.ts';
import { alert } from '../../contracts/layers/alert.ts';
import { isWithin, reachOf } from '../../contracts/records/reach.ts';
import type { Allow, Subject } from '../access/port.ts';
import type { Alerts } from '../alerts/port.ts';
import type { History } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/port.ts';
import { labelOf, readingOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const DAY_MS = 24 * 3_600_000;
/** Of one answer: at 600 times the speed of life two seconds. */
const MOST_STRETCH_MS = 20 * 60_000;
const MOST_STEP_MS = 60_000;
const MOST_MARKS_MS = 7 * DAY_MS;
/** Alerts among the marks of one answer; the newest are kept. */
const MOST_RAISES = 300;

export interface ReplayParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly allow: Allow;
  readonly history: History;
  readonly alerts: Pick<Alerts, 'marks'>;
}

export function replayRoutes(parts: ReplayParts): Route[] {
  return [replayRoute(parts), marksRoute(parts), clocksRoute(parts), momentsRoute(parts)];
}

const about = () => ({ kind: 'world', id: 'history' }) as const;

const replayQuery = z.strictObject({
  /** Chosen by the reader, the same for all its questions. */
  reader: z.string().regex(/^[\w-]{8,40}$/, 'letters, digits, - and _, 8 to 40'),
  /** Epoch ms: the moment the reader's tables stand at, or shall. */
  from: z.coerce.number().int(),
  to: z.coerce.number().int(),
  /** Milliseconds between two states; 0: every tick. */
  stepMs: z.coerce.number().int().min(0).max(MOST_STEP_MS).default(0),
  /** What was known at each moment, or what was true as far as is known today. */
  clock: z.enum(pastClocks).default('known'),
  /** Tables are void: key frames, please. */
  fresh: z.enum(['true', 'false']).default('false'),
});

function replayRoute({ world, clock, allow, history }: ReplayParts): Route {
  return route({
    method: 'get',
    path: '/api/history/replay',
    title: title('回放片段', 'A stretch of the past as frames: docs/history.md'),
    answers: { type: 'application/octet-stream' },
    action: 'read-history',
    about,
    query: replayQuery,
    answer: async ({ query, subject }, response) => {
      const { reader, from, to: asked, stepMs, fresh } = query;
      const now = clock.now();
      if (from > now) throw new CodedError('request/invalid', `from ${from} is still to come`);
      const to = Math.min(asked, now);
      if (to < from || to - from > MOST_STRETCH_MS) {
        const most = MOST_STRETCH_MS / 60_000;
        throw new CodedError('request/invalid', `from ${from} to ${asked}: up to ${most} minutes forward`);
      }
      const { layers, refused } = readable({ world, allow, subject });
      const { bytes } = await history.replay({
        ...{ layers, refused, from, to, stepMs, clock: query.clock },
        reader: `${subject.id} ${reader}`,
        ...readingOf(subject, layers),
        areas: subject.areas,
        isFresh: fresh === 'true',
      });
      response.set('Cache-Control', 'no-store');
      response.type('application/octet-stream');
      response.send(Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength));
    },
  });
}

const marksQuery = z.strictObject({
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});

function marksRoute(parts: ReplayParts): Route {
  const { world, clock, allow, history } = parts;
  return route({
    method: 'get',
    path: '/api/history/marks',
    title: title('可跳转的时刻', 'Moments to jump to'),
    action: 'read-history',
    about,
    query: marksQuery,
    answer: async ({ query, subject }, response) => {
      const to = Math.min(query.to ?? clock.now(), clock.now());
      const from = query.from ?? to - DAY_MS;
      if (from >= to || to - from > MOST_MARKS_MS) {
        const most = MOST_MARKS_MS / DAY_MS;
        throw new CodedError('request/invalid', `from ${from} to ${to}: up to ${most} days, in epoch ms`);
      }
      const { layers } = readable({ world, allow, subject });
      const told = await history.ask('marks', { layers, areas: subject.areas, from, to });
      const raised = layers.includes(alert.slug) ? raisesFor(parts, subject, [from, to]) : [];
      response.json({ range: [from, to], marks: [...told, ...raised].sort((a, b) => a.at - b.at) });
    },
  });
}

/** Alerts of the areas of this subject, without titles for who may not read them. */
function raisesFor({ allow, alerts }: ReplayParts, subject: Subject, [from, to]: readonly [number, number]) {
  if (!allow(subject, 'read-alerts', { kind: 'alert', id: '*' })) return [];
  const reach = reachOf(subject.areas, alert);
  const isTold = subject.labels.includes(alert.columns.title.label ?? 'public');
  return alerts
    .marks(from, to)
    .filter(({ region }) => isWithin(reach, region))
    .slice(-MOST_RAISES)
    .map(({ at, id, title: said, severity }) => ({
      ...{ at, layer: alert.slug, key: id, severity },
      ...(isTold ? { title: said.zh, titleEn: said.en } : { title: '' }),
    }));
}

const clocksQuery = z.strictObject({ at: z.coerce.number().int() });

/** What differs between what was known at a moment and what was true then. */
function clocksRoute({ world, clock, allow, history }: ReplayParts): Route {
  return route({
    method: 'get',
    path: '/api/history/clocks',
    title: title('两钟之差', 'What differs between what was known at a moment and what was true then'),
    action: 'read-history',
    about,
    query: clocksQuery,
    answer: async ({ query: { at }, subject }, response) => {
      if (at > clock.now()) throw new CodedError('request/invalid', `at ${at} is still to come`);
      const { layers } = readable({ world, allow, subject });
      const differences = await history.ask('clockDifferences', { layers, ...askOf(subject, layers), at });
      response.json({ at, ...differences });
    },
  });
}

const momentsQuery = z.strictObject({
  /** Epoch ms. */
  a: z.coerce.number().int(),
  /** Epoch ms; absent: now. */
  b: z.coerce.number().int().optional(),
});

/** What differs between two moments, as they were known. */
function momentsRoute({ world, clock, allow, history }: ReplayParts): Route {
  return route({
    method: 'get',
    path: '/api/history/compare',
    title: title('两时刻之差', 'What differs between two moments, as they were known'),
    action: 'read-history',
    about,
    query: momentsQuery,
    answer: async ({ query, subject }, response) => {
      const { a, b = clock.now() } = query;
      if (Math.max(a, b) > clock.now()) {
        throw new CodedError('request/invalid', `a ${a}, b ${b}: a moment that is still to come`);
      }
      const { layers } = readable({ world, allow, subject });
      await history.flush();
      const differences = await history.ask('momentDifferences', { layers, ...askOf(subject, layers), a, b });
      response.json({ a, b, ...differences });
    },
  });
}

/** What is told of the past of several layers to this subject. */
const askOf = (subject: Subject, layers: readonly string[]) => ({
  ...readingOf(subject, layers),
  areas: subject.areas,
});

export interface Asking {
  readonly world: LiveWorld;
  readonly allow: Allow;
  readonly subject: Subject;
}

/** The layers this subject may see now: the past of the others is closed to it too. */
export function readable({ world, allow, subject }: Asking): { layers: string[]; refused: string[] } {
  const may = (id: string): boolean =>
    allow(subject, 'read-layer', { kind: 'layer', id, label: labelOf(subject, id) });
  const { allowed = [], refused = [] } = Object.groupBy(world.layers.keys(), (slug) =>
    may(slug) ? 'allowed' : 'refused',
  );
  return { layers: allowed, refused };
}
