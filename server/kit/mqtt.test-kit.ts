// What tests of both brokers stand on: publishers, a feed that listens, and everything closed again after each test.
import { connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { afterEach } from 'vitest';
import { createSystemClock } from './clock.ts';
import type { MqttServer } from './mqtt-broker.ts';
import { createTestContext } from './test-context.ts';

export const clock = createSystemClock();
/** Run after each test, the last one first. */
export const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

export async function publisher(
  port: number,
  options: { username?: string; password?: string } = {},
): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, ...options });
  client.on('error', () => {});
  cleanUp.push(() => client.endAsync(true));
  return client;
}

/** A feed that notes what it is handed: `<topic> <text>`. */
export async function subscribe(mqtt: MqttServer, filter: string) {
  const test = createTestContext(null, { clock });
  const seen: string[] = [];
  await mqtt.subscribe(test.context, filter, ({ topic, payload, retained }) => {
    seen.push(`${topic} ${Buffer.from(payload).toString()}${retained ? ' retained' : ''}`);
  });
  return { test, seen };
}
