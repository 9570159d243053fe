// GET /metrics for Prometheus.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { title } from '../../contracts/declare.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { HistoryReport } from '../history/port.ts';
import type { RealtimeReport } from '../realtime/port.ts';
import type { World } from '../state/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface MetricSources {
  readonly world: World;
  readonly feeds: () => readonly FeedReport[];
  readonly realtime: () => RealtimeReport;
  readonly history: () => HistoryReport;
}

export interface Metrics {
  readonly routes: Route[];
  /** Duration of one tick, seconds. */
  observeTick(seconds: number): void;
  /** 99th percentile of the event-loop delay since the last time this was asked, milliseconds. */
  loopDelayP99Ms(): number;
  stop(): void;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const tick = new Histogram({
    name: 'cockpit_tick_seconds',
    help: 'Work of one tick: expiry, encoding, sending, journal',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [registry],
  });
  addGauges(registry, sources);
  return {
    routes: [
      route({
        method: 'get',
        path: '/metrics',
        title: title('监控指标', 'Figures for Prometheus'),
        answers: { type: 'text/plain' },
        action: 'read-metrics',
        about: () => ({ kind: 'server', id: 'metrics' }),
        query: null,
        answer: async (_asked, response) => {
          response.setHeader('Content-Type', registry.contentType).send(await registry.metrics());
        },
      }),
    ],
    observeTick: (seconds) => tick.observe(seconds),
    loopDelayP99Ms: () => {
      const p99 = delay.percentile(99) / 1e6;
      delay.reset();
      return p99;
    },
    stop: () => delay.disable(),
  };
}

interface GaugeFacts {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

type AddGauge = (facts: GaugeFacts, collect: (gauge: Gauge) => void) => void;

function addGauges(registry: Registry, { world, feeds, realtime, history }: MetricSources): void {
  const gauge: AddGauge = ({ name, help, labels = [] }, collect) => {
    new Gauge({
      name: `cockpit_${name}`,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        collect(this);
      },
    });
  };
  gauge({ name: 'layer_rows', help: 'Live rows', labels: ['layer'] }, (rows) => {
    for (const { layer, table } of world.layers.values()) rows.set({ layer: layer.slug }, table.size);
  });
  addFeedGauges(gauge, feeds);
  gauge({ name: 'history_bytes', help: 'History on disk, journal included' }, (bytes) => {
    const known = history().bytes;
    if (known !== null) bytes.set(known);
  });
  gauge({ name: 'history_max_bytes', help: 'Share of the disk history may use' }, (bytes) =>
    bytes.set(history().maxBytes),
  );
  gauge({ name: 'history_shortened_files', help: 'Gone before their time since the start' }, (files) =>
    files.set(history().shortened),
  );
  for (const name of Object.keys(realtime())) {
    const key = name as keyof RealtimeReport;
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    gauge({ name: `realtime_${snake}`, help: 'Live side' }, (live) => live.set(realtime()[key]));
  }
}

function addFeedGauges(gauge: AddGauge, feeds: MetricSources['feeds']): void {
  const outcomes = {
    name: 'feed_records_total',
    help: 'Records by what became of them',
    labels: ['feed', 'outcome'],
  };
  gauge(outcomes, (records) => {
    for (const { id, accepted, rejected, duplicates, late } of feeds()) {
      for (const [outcome, count] of Object.entries({ accepted, rejected, duplicates, late })) {
        records.set({ feed: id, outcome }, count);
      }
    }
  });
  gauge(
    { name: 'feed_lag_ms', help: 'Receipt − validAt, median of the last minute', labels: ['feed'] },
    (lag) => {
      for (const { id, lagMs } of feeds()) if (lagMs !== null) lag.set({ feed: id }, lagMs);
    },
  );
  gauge({ name: 'feed_state', help: '1 for the state a feed is in', labels: ['feed', 'state'] }, (states) => {
    for (const { id, state } of feeds()) states.set({ feed: id, state }, 1);
  });
  gauge(
    {
      name: 'feed_wrong_clocks',
      help: 'Devices with a wrong clock, silenced ones not counted',
      labels: ['feed'],
    },
    (devices) => {
      for (const { id, clocks } of feeds()) devices.set({ feed: id }, clocks.count);
    },
  );
}
