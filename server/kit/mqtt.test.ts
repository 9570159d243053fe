import { connect as dial } from 'node:net';
import { once } from 'node:events';
import type { MqttClient } from 'mqtt';
import { describe, expect, it } from 'vitest';
import { startMqttBroker } from './mqtt-broker.ts';
import { topicMatches } from './mqtt.ts';
import { cleanUp, clock, publisher, subscribe } from './mqtt.test-kit.ts';
import { createListLogger } from './test-context.ts';

describe('topicMatches', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/+', 'a/b', true],
    ['a/+', 'a/b/c', false],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['#', 'a/b', true],
    ['#', '$SYS/x', false],
    ['+/x', '$SYS/x', false],
    ['a/+/c', 'a//c', true],
    ['a', 'a/b', false],
    ['a/b', 'a', false],
  ])('%s on %s: %s', (filter, topic, expected) => {
    expect(topicMatches(filter, topic)).toBe(expected);
  });
});

function logged() {
  const lines: string[] = [];
  return { lines, log: createListLogger(lines) };
}

function closing(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}

describe('embedded broker', () => {
  async function broker(
    options: { account?: { user: string; password: string }; maxConnections?: number } = {},
  ) {
    const { lines, log } = logged();
    const started = await startMqttBroker({ host: '127.0.0.1', port: 0, clock, log, ...options });
    cleanUp.push(() => started.stop());
    return { broker: started, lines };
  }

  it('hands device messages to the feed that subscribed, until it ends', async () => {
    const { broker: mqtt } = await broker();
    const { seen, test } = await subscribe(mqtt, 'gy/x/+/rain/+');
    const client = await publisher(mqtt.port);
    await client.publishAsync('gy/x/510802/rain/1', 'one', { qos: 1 });
    await client.publishAsync('gy/x/510802/aws/1', 'other', { qos: 1 });
    await expect.poll(() => seen).toEqual(['gy/x/510802/rain/1 one']);
    expect(test.contacts()).toBe(1);
    test.stop();
    await client.publishAsync('gy/x/510802/rain/1', 'two', { qos: 1 });
    expect(seen).toHaveLength(1);
  });

  it('lets nobody read what devices report', async () => {
    const { broker: mqtt } = await broker();
    const client = await publisher(mqtt.port);
    await expect(client.subscribeAsync('#', { qos: 1 })).rejects.toThrow();
  });

  it('cuts off who sends more than 8 KB, before buffering it', async () => {
    const { broker: mqtt, lines } = await broker();
    const { seen } = await subscribe(mqtt, '#');
    const client = await publisher(mqtt.port);
    const closed = closing(client);
    client.publish('a/b', Buffer.alloc(8 * 1024 + 1));
    await closed;
    const raw = dial(mqtt.port, '127.0.0.1');
    raw.on('error', () => {});
    raw.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));
    raw.resume();
    await once(raw, 'close');
    expect(lines.filter((line) => line.startsWith('mqtt.too-large'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('mqtt.packet-refused'))).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  it('keeps topics under $ for itself', async () => {
    const { broker: mqtt } = await broker();
    const client = await publisher(mqtt.port);
    const closed = closing(client);
    client.publish('$SYS/fake', 'x');
    await closed;
  });

  it('asks for the account', async () => {
    const { broker: mqtt } = await broker({ account: { user: 'device', password: 'right' } });
    await publisher(mqtt.port, { username: 'device', password: 'right' });
    await expect(publisher(mqtt.port, { username: 'device', password: 'wrong' })).rejects.toThrow();
  });

  it('caps connections and names a taken port', async () => {
    const { broker: mqtt, lines } = await broker({ maxConnections: 1 });
    await publisher(mqtt.port);
    const second = dial(mqtt.port, '127.0.0.1');
    second.resume();
    await once(second, 'close');
    expect(lines).toContain('mqtt.full');
    const again = startMqttBroker({ host: '127.0.0.1', port: mqtt.port, clock, log: logged().log });
    await expect(again).rejects.toThrow(String(mqtt.port));
  });
});
