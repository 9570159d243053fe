// The stations' way to the broker: MQTT 3.1.1, QoS 1. While the broker is away each station remembers its last value
// alone and sends it when the broker is back.
import mqtt, { type MqttClient } from 'mqtt';
import type { Outlet } from './outlet.ts';

export interface MqttPublisher {
  publish(feed: string, message: { topic: string; payload: object; retain: boolean }): void;
  readonly connected: boolean;
  /** The broker has taken everything, or is away; at first: it has not been dialled to the end yet. */
  readonly settled: boolean;
  start(): void;
  stop(): Promise<void>;
}

/** At most this many unacknowledged messages: behind that the broker is too slow and values are dropped. */
const MAX_IN_FLIGHT = 5_000;
const RECONNECT_MS = 2_000;

export function createMqttPublisher(url: string, clientId: string, outlet: Outlet): MqttPublisher {
  let client: MqttClient | null = null;
  let inFlight = 0;
  let dialled = false;
  const missed = new Map<string, { bytes: Buffer; retain: boolean }>();
  const send = (feed: string, topic: string, { bytes, retain }: { bytes: Buffer; retain: boolean }): void => {
    if (client === null || !client.connected || inFlight > MAX_IN_FLIGHT) {
      missed.set(topic, { bytes, retain });
      return outlet.drop(feed);
    }
    publish(client, topic, { bytes, retain });
  };
  function publish(
    to: MqttClient,
    topic: string,
    { bytes, retain }: { bytes: Buffer; retain: boolean },
  ): void {
    inFlight += 1;
    to.publish(topic, bytes, { qos: 1, retain }, () => {
      inFlight -= 1;
    });
  }
  return {
    publish: (feed, { topic, payload, retain }) => {
      for (const record of outlet.faults.records(feed, [payload])) {
        const bytes = Buffer.from(JSON.stringify(record));
        outlet.push(feed, { bytes, records: 1 }, (out) => {
          send(feed, topic, { bytes: out, retain });
        });
      }
    },
    get connected() {
      return client?.connected ?? false;
    },
    get settled() {
      return client?.connected === true ? inFlight === 0 : dialled;
    },
    start: () => {
      client = mqtt.connect(url, {
        clientId,
        protocolVersion: 4,
        clean: true,
        reconnectPeriod: RECONNECT_MS,
        connectTimeout: 5_000,
        keepalive: 30,
      });
      client.on('error', () => undefined);
      client.on('close', () => (dialled = true));
      client.on('connect', () => {
        inFlight = 0;
        for (const [topic, message] of missed) if (client) publish(client, topic, message);
        missed.clear();
      });
    },
    stop: async () => {
      await client?.endAsync(true).catch(() => undefined);
    },
  };
}
