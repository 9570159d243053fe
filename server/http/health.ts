// GET /health, /ready: how the server, its feeds and its layers do, for people and for supervisors.
import type { WorldFacts } from '../../contracts/records/world.ts';
import type { Clock } from '../kit/clock.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { HistoryReport } from '../history/port.ts';
import type { RealtimeReport } from '../realtime/port.ts';
import type { World } from '../state/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface HealthSources {
  readonly world: World;
  readonly clock: Clock;
  readonly city: string;
  readonly build: string;
  readonly feeds: () => readonly FeedReport[];
  readonly realtime: () => RealtimeReport;
  readonly history: () => HistoryReport;
  /** Reasons why the server is not well; empty: it is. */
  readonly troubles: () => readonly string[];
  readonly isReady: () => boolean;
  /** All worlds of this server. */
  readonly worlds: () => readonly Pick<WorldFacts, 'id' | 'kind' | 'state'>[];
}

export function healthRoutes(sources: HealthSources): Route[] {
  const about = () => ({ kind: 'server', id: 'health' }) as const;
  return [
    route({
      method: 'get',
      path: '/health',
      action: 'read-health',
      about,
      query: null,
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json(healthOf(sources));
      },
    }),
    route({
      method: 'get',
      path: '/ready',
      action: 'read-health',
      about,
      query: null,
      answer: (_asked, response) => {
        const isReady = sources.isReady();
        response.status(isReady ? 200 : 503).json({ ready: isReady });
      },
    }),
  ];
}

function healthOf(sources: HealthSources) {
  const { world, clock, city, build, feeds, realtime, history, troubles, worlds } = sources;
  const problems = troubles();
  const { bytes, maxBytes, shortened } = history();
  return {
    status: problems.length === 0 ? 'ok' : 'impaired',
    city,
    world: world.facts.id,
    build,
    clock: clock.now(),
    feeds: feeds().map(({ id, system, state, lastAt, lagMs, ratePerMin, accepted, rejected }) => ({
      id,
      system,
      state,
      lastAt,
      lagMs,
      ratePerMin,
      accepted,
      rejected,
    })),
    layers: [...world.layers.values()].map(({ layer, table, updatedAt }) => ({
      id: layer.slug,
      rows: table.size,
      updatedAt,
    })),
    worlds: worlds().map(({ id, kind, state }) => ({ id, kind, state })),
    clients: realtime().clients,
    history: { bytes, maxBytes, shortened },
    ...(problems.length === 0 ? {} : { problems }),
  };
}
