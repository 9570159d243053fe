// Devices that dial in: what they say to a real server, and how they take its answers and its absence.
import { createHmac } from 'node:crypto';
import { createServer as createHttp } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { readConfig } from '../config.ts';
import { createSegmentReader, encodeFrame } from '../protocols/hj212.ts';
import { createDownlinkReader, encodeMessage, type Downlink } from '../protocols/jtt808.ts';
import { createSimulation, type Simulation } from '../simulation.ts';

const TINY = new URL('../fixtures/cities', import.meta.url).pathname;
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function city(args: string[]): Promise<Simulation> {
  const closed = [
    '--mqtt',
    'mqtt://127.0.0.1:1',
    '--jtt808',
    '127.0.0.1:1',
    '--hj212',
    '127.0.0.1:1',
    '--webhook',
    'http://127.0.0.1:1',
  ];
  const fixed = [
    '--cities-dir',
    TINY,
    '--city',
    'tiny',
    '--port',
    '0',
    '--paused',
    '--scale',
    '0.004',
    '--start',
    '2026-07-16T14:00:00+08:00',
  ];
  const config = readConfig([...closed, ...fixed, ...args], {}, () => 0);
  const simulation = createSimulation(config, { wall: () => 1_784_181_600_000, log: () => undefined });
  cleanups.unshift(() => simulation.stop());
  await simulation.start();
  return simulation;
}

/** Moves the city on until what is awaited has happened. */
async function until(simulation: Simulation, done: () => boolean): Promise<void> {
  await vi.waitFor(
    async () => {
      await simulation.world.clock.advance(1_000);
      expect(done()).toBe(true);
    },
    { timeout: 15_000, interval: 20 },
  );
}

function platform(onMessage: (m: Downlink) => void): Server {
  return createServer((socket) => {
    const read = createDownlinkReader((m) => {
      onMessage(m);
      const head = Buffer.alloc(2);
      head.writeUInt16BE(m.serial, 0);
      const version = m.phone.length === 20 ? '2019' : '2013';
      const general = Buffer.concat([head, Buffer.of(m.id >> 8, m.id & 0xff, 0)]);
      const [id, body] =
        m.id === 0x0100
          ? [0x8100, Buffer.concat([head, Buffer.of(0), Buffer.from('CODE')])]
          : [0x8001, general];
      socket.write(encodeMessage({ version, phone: m.phone }, { id, serial: 1, body }));
    });
    socket.on('data', read);
  });
}

test('a terminal registers, authenticates with the code it got, then reports', async () => {
  const seen = new Map<string, number[]>();
  const codes: string[] = [];
  const port = await listen(
    platform((m) => {
      seen.set(m.phone, [...(seen.get(m.phone) ?? []), m.id]);
      if (m.id === 0x0102) codes.push(m.body.toString('latin1'));
    }),
  );
  const simulation = await city(['--jtt808', `127.0.0.1:${port}`]);
  await until(simulation, () => [...seen.values()].some((ids) => ids.includes(0x0200)));
  await until(simulation, () =>
    simulation.sources.some((s) => Number(s.objects()['terminalsOnline'] ?? 0) > 10),
  );
  for (const ids of seen.values()) {
    expect(ids[0]).toBe(0x0100);
    const first = ids.findIndex((id) => id === 0x0200 || id === 0x0704);
    if (first >= 0) expect(ids.slice(0, first)).toContain(0x0102);
  }
  expect(codes.every((code) => code.includes('CODE'))).toBe(true);
  expect(new Set([...seen.keys()].map((phone) => phone.length))).toEqual(new Set([12, 20]));
});

test('terminals come back by themselves and authenticate again', async () => {
  let dropped = false;
  const after: number[] = [];
  const server = platform((m) => {
    if (dropped) after.push(m.id);
  });
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  const port = await listen(server);
  const simulation = await city(['--jtt808', `127.0.0.1:${port}`]);
  const online = (): number =>
    Math.max(...simulation.sources.map((s) => Number(s.objects()['terminalsOnline'] ?? 0)));
  // Every vehicle of the fleet at this scale.
  await until(simulation, () => online() === 21);
  dropped = true;
  for (const socket of sockets) socket.destroy();
  await until(simulation, () => after.includes(0x0102) && after.includes(0x0200));
  expect(after).not.toContain(0x0100);
}, 30_000);

test('an outfall logger waits for 9014 and resends what is not answered', async () => {
  const byQn = new Map<string, number>();
  const asked = new Set<string>();
  let answers = false;
  const server = createServer((socket) => {
    const read = createSegmentReader(({ fields }) => {
      const key = `${fields['QN'] ?? ''}/${fields['MN'] ?? ''}`;
      byQn.set(key, (byQn.get(key) ?? 0) + 1);
      if ((Number(fields['Flag']) & 1) === 0) return;
      asked.add(key);
      if (answers)
        socket.write(
          encodeFrame(`QN=${fields['QN']};ST=91;CN=9014;PW=123456;MN=${fields['MN']};Flag=4;CP=&&&&`),
        );
    });
    socket.on('data', read);
  });
  const port = await listen(server);
  const simulation = await city(['--hj212', `127.0.0.1:${port}`]);
  await until(simulation, () => asked.size > 0 && [...asked].some((key) => byQn.get(key) === 4));
  expect(Math.max(...byQn.values())).toBe(4);
  expect([...byQn].filter(([key]) => !asked.has(key)).every(([, times]) => times === 1)).toBe(true);
  answers = true;
  const before = new Set(byQn.keys());
  // A minute at one go: nobody could answer meanwhile, so nothing is sent again.
  await simulation.world.clock.advance(60_000);
  const fresh = (): string[] => [...asked].filter((key) => !before.has(key));
  await vi.waitFor(() => expect(fresh()).not.toEqual([]), { timeout: 15_000 });
  expect(fresh().every((key) => byQn.get(key) === 1)).toBe(true);
});

test('events are pushed signed, and again with the same ids after a failure', async () => {
  const bodies: { events: { id: string; revision: number }[] }[] = [];
  const good: boolean[] = [];
  const server = createHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const h = request.headers;
      const expected = createHmac('sm3', 'demo-webhook-key')
        .update(`${String(h['x-timestamp'])}.${String(h['x-nonce'])}.`)
        .update(body)
        .digest('hex');
      good.push(h['x-signature'] === `hmac-sm3=${expected}`);
      if (request.url === '/inbox/fire-panel')
        bodies.push(JSON.parse(body.toString()) as (typeof bodies)[number]);
      response.writeHead(bodies.length === 1 ? 503 : 202).end();
    });
  });
  const port = await listen(server);
  const simulation = await city(['--webhook', `http://127.0.0.1:${port}/inbox`, '--webhook-retry', '0.05']);
  await until(simulation, () => bodies.length >= 2);
  expect(bodies[1]).toEqual(bodies[0]);
  expect(good.length).toBeGreaterThan(2);
  expect(good).not.toContain(false);
});
