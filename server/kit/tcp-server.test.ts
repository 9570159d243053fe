import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { createTcpPorts } from './tcp-server.ts';
import type { TcpHandler, TcpOptions, TcpPeer } from './tcp-server.ts';
import { createTestContext } from './test-context.ts';

const clock = createManualClock(0);
let test = createTestContext(null, { clock });
const sockets: Socket[] = [];

async function listen(
  onConnection: (peer: TcpPeer) => TcpHandler,
  options: Partial<TcpOptions> = {},
): Promise<number> {
  test = createTestContext(null, { clock });
  const settings = { port: 0, idleS: 60, maxBuffer: 100, maxConnections: 2, ...options };
  return createTcpPorts('127.0.0.1').listen(test.context, settings, onConnection);
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

const swallow = (): TcpHandler => ({ data: (bytes) => bytes.length });

afterEach(() => {
  test.stop();
  for (const socket of sockets.splice(0)) socket.destroy();
});

describe('createTcpPorts', () => {
  it('keeps what is not consumed, and answers', async () => {
    const seen: string[] = [];
    const port = await listen((peer) => ({
      data: (bytes) => {
        const text = Buffer.from(bytes).toString();
        const end = text.lastIndexOf('\n') + 1;
        for (const line of text.slice(0, end).split('\n').filter(Boolean)) {
          seen.push(line);
          peer.write(Buffer.from(`ok ${line}\n`));
        }
        return end;
      },
    }));
    const socket = await dial(port);
    socket.setEncoding('utf8');
    let answers = '';
    socket.on('data', (text: string) => (answers += text));
    for (const part of ['on', 'e\ntw', 'o\nthree\n']) {
      socket.write(part);
      await expect.poll(() => test.contacts()).toBeGreaterThan(0);
    }
    await expect.poll(() => answers).toBe('ok one\nok two\nok three\n');
    expect(seen).toEqual(['one', 'two', 'three']);
  });

  it('closes a connection whose frame does not end', async () => {
    let closed = 0;
    const port = await listen(() => ({ data: () => 0, closed: () => closed++ }));
    const socket = await dial(port);
    socket.write(Buffer.alloc(101));
    await once(socket, 'close');
    expect(test.logged).toContain('tcp.overflow');
    await expect.poll(() => closed).toBe(1);
  });

  it('closes idle connections and lets talking ones live', async () => {
    const port = await listen(swallow);
    const idle = await dial(port);
    const talking = await dial(port);
    idle.write('x');
    talking.write('x');
    await expect.poll(() => test.contacts()).toBe(2);
    clock.advance(45_000);
    talking.write('x');
    await expect.poll(() => test.contacts()).toBe(3);
    const gone = once(idle, 'close');
    clock.advance(15_000);
    await gone;
    expect(talking.destroyed).toBe(false);
  });

  it('refuses connections beyond the cap', async () => {
    const port = await listen(swallow);
    await dial(port);
    await dial(port);
    const third = await dial(port);
    third.resume();
    await once(third, 'close');
    expect(test.logged).toContain('tcp.full');
  });

  it('stops reading from a peer that does not read its answers, and cuts it off', async () => {
    const port = await listen((peer) => ({
      data: (bytes) => {
        for (let copy = 0; copy < 2048; copy++) peer.write(Buffer.alloc(16_384));
        return bytes.length;
      },
    }));
    const socket = await dial(port);
    socket.pause();
    socket.write('x');
    await expect.poll(() => test.logged).toContain('tcp.unread-answers');
  });

  it('survives a handler that throws', async () => {
    const port = await listen(() => ({
      data() {
        throw new Error('boom');
      },
    }));
    const socket = await dial(port);
    socket.write('x');
    await once(socket, 'close');
    expect(test.logged.join()).toContain('boom');
    await dial(port);
  });

  it('names a port that is taken', async () => {
    const port = await listen(swallow);
    const other = createTestContext(null, { clock });
    await expect(
      createTcpPorts('127.0.0.1').listen(
        other.context,
        { port, idleS: 1, maxBuffer: 1, maxConnections: 1 },
        swallow,
      ),
    ).rejects.toThrow(String(port));
  });

  it('closes everything with its feed', async () => {
    const port = await listen(swallow);
    const socket = await dial(port);
    socket.resume();
    const gone = once(socket, 'close');
    test.stop();
    await gone;
    await expect(dial(port)).rejects.toThrow();
  });
});
