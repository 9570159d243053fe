// What every source of the simulated city looks at: the city, its clock, its weather, water and traffic.
import type { City } from './city/city.ts';
import type { Clock } from './engine/clock.ts';
import type { Hydrology } from './engine/hydrology.ts';
import type { LocalTime } from './engine/local-time.ts';
import type { WireTime } from './engine/wire-time.ts';
import type { Rhythm } from './engine/rhythm.ts';
import type { Traffic } from './engine/traffic.ts';
import type { Weather } from './engine/weather.ts';
import type { RoadGraph } from './movers/road-graph.ts';
import type { Outlet } from './transport/outlet.ts';
import type { HttpHost } from './transport/http-server.ts';

export interface World {
  city: City;
  seed: number;
  /** Multiplies the number of moving objects. */
  scale: number;
  startAt: number;
  /** What the seed would make happen by itself and is held back: see mock-feeds/scenario. */
  quiet: ReadonlySet<string>;
  clock: Clock;
  /** Of signatures and keep-alives. */
  wire: WireTime;
  time: LocalTime;
  /** China Standard Time, whatever the zone of the city: JT/T 808 prescribes it and HJ 212 loggers are set to it. */
  deviceTime: LocalTime;
  rhythm: Rhythm;
  weather: Weather;
  hydrology: Hydrology;
  traffic: Traffic;
  graph: RoadGraph;
  outlet: Outlet;
  /** One JSON line to the log. */
  log: (event: string, facts: Readonly<Record<string, unknown>>) => void;
}

/** A system of the city. `start` puts it on the agenda; `stop` ends connections it opened. */
export interface Source {
  /** Feeds it serves, as named in docs/upstreams.md. */
  feeds: readonly string[];
  /** Objects it simulates now, by kind. */
  objects(): Readonly<Record<string, number>>;
  routes?(http: HttpHost): void;
  start?(): void;
  stop?(): void | Promise<void>;
  /** Whether all it said has left; absent: it is only asked. */
  settled?(): boolean;
  /** Whether nobody waits for an answer that may still come; absent: it expects none. */
  answered?(): boolean;
  /** Answers an operator's inject; null: not its kind. */
  inject?(request: Readonly<Record<string, unknown>>): object | null;
}
