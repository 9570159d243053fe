// One feed per connector against real peers on free ports: from the socket to the sink and back.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { connect as dial } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { opinionPost } from '../../contracts/layers/opinion-post.ts';
import { createManualClock, createSystemClock } from '../kit/clock.ts';
import { createInbox } from '../kit/inbox.ts';
import { startMqttBroker } from '../kit/mqtt-broker.ts';
import { createTcpPorts } from '../kit/tcp-server.ts';
import type { TcpPorts } from '../kit/tcp-server.ts';
import { createListLogger, createTestContext } from '../kit/test-context.ts';
import emergencyCall from './emergency-call/feed.ts';
import jtt808 from './jtt808/feed.ts';
import { frameOf, reportOf } from './jtt808/terminal.fixture.ts';
import opinionStream from './opinion-stream/feed.ts';
import outfall from './outfall-hj212/feed.ts';
import rain from './rain-mqtt/feed.ts';

const NOW = Date.UTC(2026, 6, 16, 6, 30);
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** Real ports, and the number the feed got. */
function freePorts(): { tcp: TcpPorts; port: () => number } {
  const ports = createTcpPorts('127.0.0.1');
  let port = 0;
  return {
    tcp: {
      listen: async (link, options, onConnection) => (port = await ports.listen(link, options, onConnection)),
    },
    port: () => port,
  };
}

async function dialIn(port: number): Promise<{ socket: Socket; heard: () => Buffer }> {
  const socket = dial(port, '127.0.0.1');
  cleanUp.push(() => socket.destroy());
  let heard = Buffer.alloc(0);
  socket.on('data', (chunk) => (heard = Buffer.concat([heard, chunk])));
  await once(socket, 'connect');
  return { socket, heard: () => heard };
}

describe('feeds and their peers', () => {
  it('MQTT: a gauge publishes to the broker of the server', async () => {
    const clock = createSystemClock();
    const mqtt = await startMqttBroker({ host: '127.0.0.1', port: 0, clock, log: createListLogger([]) });
    cleanUp.push(() => mqtt.stop());
    const { context, sink } = createTestContext(rain.settings.parse({}), { clock, mqtt });
    await rain.connect(context);
    const gauge = await connectAsync(`mqtt://127.0.0.1:${mqtt.port}`);
    cleanUp.push(() => gauge.endAsync(true));
    const report = { stationId: 'r1', time: '2026-07-16T14:30:00+08:00', lon: 105.8, lat: 32.4, tipsMm: 0.2 };
    await gauge.publishAsync('gy/x-weather/510802/rain/r1', JSON.stringify(report), { qos: 1 });
    await gauge.publishAsync('gy/x-weather/510802/rain/r2', '{', { qos: 1 });
    await expect.poll(() => sink.rejects).toHaveLength(1);
    expect(sink.rows.map(({ row }) => row.id)).toEqual(['r1']);
  });

  it('JT/T 808: a terminal dials in, reports in pieces and is answered', async () => {
    const { tcp, port } = freePorts();
    const test = createTestContext(jtt808.settings.parse({ port: 0 }), { tcp });
    cleanUp.push(() => test.stop());
    await jtt808.connect(test.context);
    const { socket, heard } = await dialIn(port());
    const report = {
      alarm: 0,
      status: 3,
      lat: 32_436_200,
      lon: 105_842_300,
      altitude: 500,
      speed: 365,
      heading: 92,
    };
    const body = reportOf({ ...report, time: '260716143000' });
    const bytes = frameOf({ id: 0x0200, phone: '13912345678', serial: 7 }, body);
    socket.write(bytes.subarray(0, 20));
    await expect.poll(() => test.contacts()).toBe(1);
    socket.write(bytes.subarray(20));
    await expect.poll(() => heard().toString('hex')).toMatch(/^7e8001.*7e$/);
    expect(test.sink.rows.map(({ row }) => row.id)).toEqual(['13912345678']);
  });

  it('HJ 212: a logger dials in and gets its 9014', async () => {
    const { tcp, port } = freePorts();
    const station = (_: string, mn: string) =>
      mn.endsWith('WS001') ? { name: '厂', lon: '105.8', lat: '32.4' } : null;
    const test = createTestContext(outfall.settings.parse({ port: 0 }), { tcp, station });
    cleanUp.push(() => test.stop());
    await outfall.connect(test.context);
    const { socket, heard } = await dialIn(port());
    const segment =
      'QN=20260716143000001;ST=32;CN=2011;PW=123456;MN=5108020000000000000WS001;Flag=5;CP=&&DataTime=20260716143000;w01018-Rtd=31.5,w01018-Flag=N&&';
    socket.write(`##${String(segment.length).padStart(4, '0')}${segment}FFFF\r\n`);
    await expect.poll(() => test.sink.rejects).toHaveLength(1);
    expect(heard()).toHaveLength(0);
    const sample = `##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n`;
    socket.write(sample);
    await expect.poll(() => heard().toString('latin1')).toContain('CN=9014');
  });

  it('webhook: a signed delivery reaches the feed, an unsigned one does not', async () => {
    const key = 'a-key-of-sufficient-length';
    const clock = createManualClock(NOW);
    const inbox = createInbox(clock, createListLogger([]));
    const test = createTestContext(emergencyCall.settings.parse({ key }), {
      slug: 'emergency-call',
      clock,
      inbox,
    });
    await emergencyCall.connect(test.context);
    const call = {
      id: 'c1',
      revision: 1,
      channel: '120',
      status: 'ringing',
      updatedAt: '2026-07-16T14:30:00+08:00',
    };
    const body = Buffer.from(JSON.stringify({ events: [call] }));
    const stamp = String(NOW / 1000);
    const hmac = createHmac('sm3', key).update(`${stamp}.n1.${body.toString()}`).digest('hex');
    const headers = { 'x-timestamp': stamp, 'x-nonce': 'n1', 'x-signature': `hmac-sm3=${hmac}` };
    expect(inbox.deliver('emergency-call', { ...headers, 'x-nonce': 'n2' }, body).status).toBe(401);
    expect(test.sink.rows).toEqual([]);
    expect(inbox.deliver('emergency-call', headers, body).status).toBe(202);
    expect(test.sink.rows.map(({ row }) => row.id)).toEqual(['c1']);
    test.stop();
    expect(inbox.deliver('emergency-call', headers, body).status).toBe(404);
  });

  it('JSON lines: after our restart the stream goes on where it stopped', async () => {
    const asked: string[] = [];
    const post = { itemId: 'p1', platform: 'forum', publishedAt: '2026-07-16T14:30:00+08:00', reads: 1 };
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response
        .writeHead(200)
        .write(`${JSON.stringify({ ...post, id: asked.length, reads: asked.length })}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(
      () => server.close(),
      () => server.closeAllConnections(),
    );
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const memory = new Map<string, string>();
    for (const reads of [1, 2]) {
      const test = createTestContext(opinionStream.settings.parse({}), { base, memory });
      await opinionStream.connect(test.context);
      await expect.poll(() => test.sink.rowsOf(opinionPost)[0]?.values.reads).toBe(reads);
      test.stop();
    }
    expect(asked).toEqual(['/opinion/stream', '/opinion/stream?since=1']);
  });
});
