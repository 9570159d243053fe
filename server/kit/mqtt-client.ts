// An external MQTT broker by address: one connection of the server, shared by its feeds.
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { Clock } from './clock.ts';
import type { Link } from './feed.ts';
import type { Logger } from './log.ts';
import { MQTT_MAX_PAYLOAD, topicMatches } from './mqtt.ts';
import type { MqttMessage } from './mqtt.ts';
import type { MqttServer } from './mqtt-broker.ts';

export interface ExternalBrokerOptions {
  /** `mqtt://` or `mqtts://host:port`, without user and password. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Kept by the broker with the session: one per server. */
  readonly clientId: string;
  readonly account?: { readonly user: string; readonly password: string };
}

interface Subscription {
  readonly link: Link;
  readonly filter: string;
  readonly onMessage: (message: MqttMessage) => void;
}

/** Milliseconds between two attempts to connect. */
const RECONNECT_MS = 2000;

/** Connects in the background: subscriptions made before the broker answers are sent when it does. */
export function connectMqttBroker(options: ExternalBrokerOptions): MqttServer {
  const { clock, log } = options;
  const subscriptions = new Set<Subscription>();
  const client = connect(options.url, {
    clientId: options.clientId,
    clean: false,
    reconnectPeriod: RECONNECT_MS,
    connectTimeout: 10_000,
    username: options.account?.user,
    password: options.account?.password,
    resubscribe: false,
  });
  let lost: string | null = null;

  const loss = (reason: string): void => {
    if (lost === reason) return;
    lost = reason;
    log.warn('mqtt.lost', { url: options.url, reason });
    for (const { link } of subscriptions) link.failure('feed/unreachable', `${options.url}: ${reason}`);
  };
  client.on('connect', () => {
    lost = null;
    log.info('mqtt.connected', { url: options.url });
    for (const subscription of subscriptions) send(client, subscription);
  });
  client.on('error', (error) => loss(error.message || 'the connection failed'));
  client.on('close', () => loss('the connection closed'));
  client.on('message', (topic, payload, packet) => {
    for (const { link, filter, onMessage } of subscriptions) {
      if (!topicMatches(filter, topic)) continue;
      link.contact();
      if (payload.length > MQTT_MAX_PAYLOAD) log.warn('mqtt.too-large', { topic, bytes: payload.length });
      else onMessage({ topic, payload, retained: packet.retain, receivedAt: clock.now() });
    }
  });
  return {
    port: 0,
    async subscribe(link, filter, onMessage) {
      const subscription = { link, filter, onMessage };
      subscriptions.add(subscription);
      link.signal.addEventListener('abort', () => {
        subscriptions.delete(subscription);
        const shared = [...subscriptions].some((other) => other.filter === filter);
        if (!shared && client.connected) client.unsubscribe(filter);
      });
      if (client.connected) send(client, subscription);
      else if (lost) link.failure('feed/unreachable', `${options.url}: ${lost}`);
    },
    stop: () => client.endAsync(true),
  };
}

function send(client: MqttClient, { link, filter }: Subscription): void {
  client.subscribe(filter, { qos: 1 }, (error, granted) => {
    const refused = granted?.some(({ qos }) => qos === 128) ?? false;
    if (error || refused)
      link.failure('feed/protocol', `${filter}: ${error?.message ?? 'the broker refuses the subscription'}`);
    else link.contact();
  });
}
