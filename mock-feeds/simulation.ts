// Puts the simulated city together: world, sources, servers and devices. Used by the program and by tests.
import { loadCity } from './city/city.ts';
import type { Config } from './config.ts';
import { createDesk } from './control/desk.ts';
import { routeControl } from './control/routes.ts';
import { createClock } from './engine/clock.ts';
import { createHydrology } from './engine/hydrology.ts';
import { createLocalTime } from './engine/local-time.ts';
import { createRhythm } from './engine/rhythm.ts';
import { createTraffic } from './engine/traffic.ts';
import { createWeather } from './engine/weather.ts';
import { lockStepTime, wallTime } from './engine/wire-time.ts';
import { createFaultBook } from './faults/fault-book.ts';
import { createRoadGraph } from './movers/road-graph.ts';
import { playScenario } from './scenario/player.ts';
import { createAirSensorThings } from './sources/air-sensorthings.ts';
import { createEmergencyCalls } from './sources/emergency-calls.ts';
import { createEmergency } from './sources/emergency.ts';
import { createEnvironmentLists } from './sources/environment-lists.ts';
import { createHydrologyForecasts } from './sources/hydrology-forecasts.ts';
import { createHydrologyLists } from './sources/hydrology-lists.ts';
import { createTerminals } from './sources/jtt808-terminals.ts';
import { createMqttStations } from './sources/mqtt-stations.ts';
import { createOpinion } from './sources/opinion.ts';
import { createOutfallLoggers } from './sources/outfalls.ts';
import { createPoliceFigures } from './sources/police-figures.ts';
import { createRadarRain } from './sources/radar-rain.ts';
import { createResources } from './sources/resources.ts';
import { createRoadEvents } from './sources/road-events.ts';
import { createTickets } from './sources/tickets.ts';
import { createTownReceipts } from './sources/town-receipts.ts';
import { createTrafficLists } from './sources/traffic-lists.ts';
import { createTransit } from './sources/transit.ts';
import { createVessels } from './sources/vessels.ts';
import { createWarnings } from './sources/warnings.ts';
import { createHttpHost } from './transport/http-server.ts';
import { createMqttPublisher } from './transport/mqtt-publisher.ts';
import { createOutlet } from './transport/outlet.ts';
import { createWebhookSender } from './transport/webhook-sender.ts';
import type { Source, World } from './world.ts';

export interface Simulation {
  world: World;
  sources: readonly Source[];
  /** Opens the HTTP port, dials the server and starts the clock; resolves with the port. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

export interface Surroundings {
  /** Wall clock, epoch ms. */
  wall: () => number;
  log: World['log'];
}

export function createWorld(config: Config, { wall, log }: Surroundings): World {
  const { seed, startAt } = config;
  const city = loadCity(config.citiesDir, config.city);
  const onError = (error: unknown): void =>
    log('error', { what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const clock = createClock({ startAt, speed: config.speed, paused: config.paused, wall, onError });
  const time = createLocalTime(city.timeZone, startAt);
  const rhythm = createRhythm(time, city.calendar);
  const quiet = new Set(config.scenario?.quiet);
  const weather = createWeather({ seed, bbox: city.bbox, time, quiet: quiet.has('rain') });
  return {
    city,
    seed,
    scale: config.scale,
    startAt,
    quiet,
    clock,
    wire: config.lockStep ? lockStepTime(clock) : wallTime(wall),
    time,
    deviceTime: createLocalTime('Asia/Shanghai', startAt),
    rhythm,
    weather,
    hydrology: createHydrology(city, weather, startAt),
    traffic: createTraffic(seed, rhythm, weather),
    graph: createRoadGraph(city),
    outlet: createOutlet(clock, createFaultBook(clock.now, seed)),
    log,
  };
}

export function createSimulation(config: Config, surroundings: Surroundings): Simulation {
  const world = createWorld(config, surroundings);
  const { clock, outlet, log } = world;
  const http = createHttpHost((error) => log('error', { what: String(error) }));
  const mqtt = createMqttPublisher(config.mqtt, `simulated-city-${config.city}-${config.seed}`, outlet);
  const { webhook: url, webhookKey: key, retryS } = config;
  const webhooks = createWebhookSender(world, { url, key, retryS });
  const roadEvents = createRoadEvents(world);
  const calls = createEmergencyCalls(world, webhooks);
  const receipts = createTownReceipts(world, webhooks);
  const sources: Source[] = [
    roadEvents,
    createTransit(world, () => roadEvents.active()),
    createTerminals(world, config.jtt808),
    createVessels(world, mqtt),
    createTrafficLists(world, () => roadEvents.active()),
    createAirSensorThings(world),
    createOutfallLoggers(world, config.hj212),
    createEnvironmentLists(world),
    createMqttStations(world, mqtt),
    createRadarRain(world),
    createHydrologyLists(world, receipts),
    createHydrologyForecasts(world),
    createWarnings(world, receipts),
    receipts,
    createResources(world),
    calls,
    ...createEmergency(world, webhooks),
    createOpinion(world),
    createTickets(world),
    createPoliceFigures(world, calls),
  ];
  for (const source of sources) source.routes?.(http);
  const desk = createDesk(world, sources);
  const player = config.scenario === null ? null : playScenario(world, desk, config.scenario);
  const settled = (): boolean =>
    mqtt.settled && webhooks.settled && sources.every((source) => source.settled?.() !== false);
  const answered = (): boolean => sources.every((source) => source.answered?.() !== false);
  routeControl({ world, sources, desk, player, settled, answered }, http);
  return {
    world,
    sources,
    start: async () => {
      const port = await http.listen(config.port, config.host);
      mqtt.start();
      for (const source of sources) source.start?.();
      // What is due at the very start is said before anybody can ask.
      await clock.advance(0);
      clock.start();
      return port;
    },
    stop: async () => {
      clock.stop();
      for (const source of sources) await source.stop?.();
      webhooks.stop();
      await Promise.all([mqtt.stop(), http.close()]);
    },
  };
}
