// GET /health, /ready: how the server, its feeds and its layers do, for people and for supervisors.
import { title } from '../../contracts/declare.ts';
import type { WorldFacts } from '../../contracts/records/world.ts';
import type { Clock } from '../kit/clock.ts';
import type { Allow } from '../access/port.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { HistoryReport } from '../history/port.ts';
import type { RealtimeReport } from '../realtime/port.ts';
import type { World } from '../state/port.ts';
import type { StoreReport } from '../store/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface HealthSources {
  readonly allow: Allow;
  readonly world: World;
  readonly clock: Clock;
  readonly city: string;
  readonly build: string;
  readonly feeds: () => readonly FeedReport[];
  readonly realtime: () => RealtimeReport;
  readonly history: () => HistoryReport;
  readonly records: () => StoreReport;
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
      title: title('运行状况', 'How the server does'),
      action: 'read-ready',
      about,
      query: null,
      answer: ({ subject }, response) => {
        const { status, city, ...rest } = healthOf(sources);
        // Whoever watches over processes needs no account; what this one holds is for those who have one.
        const isKnown = sources.allow(subject, 'read-health', about());
        response
          .setHeader('Cache-Control', 'no-store')
          .json(isKnown ? { status, city, ...rest } : { status, city });
      },
    }),
    route({
      method: 'get',
      path: '/ready',
      title: title('是否就绪', 'Whether the server is ready; 503: not yet'),
      action: 'read-ready',
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
  const { world, clock, city, build, feeds, realtime, history, records, troubles, worlds } = sources;
  const problems = troubles();
  const { kind, logs } = records();
  const { bytes, maxBytes, shortened, shortenedFiles, classes } = history();
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
    history: { bytes, maxBytes, shortened, shortenedFiles, classes },
    // To be written down elsewhere: whoever has them can tell a log that was cut off.
    records: { kind, logs },
    ...(problems.length === 0 ? {} : { problems }),
  };
}
