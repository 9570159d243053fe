import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { createLineSplitter, followLines } from './json-lines.ts';
import { followEvents } from './sse.ts';
import { createTestContext } from './test-context.ts';
import type { TestContext } from './test-context.ts';

let server: Server | null = null;
let test: TestContext<null> | null = null;

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
}

afterEach(() => {
  test?.stop();
  server?.closeAllConnections();
  server?.close();
});

const EVENTS = { 'content-type': 'text/event-stream' };

describe('followEvents', () => {
  it('comes back with Last-Event-ID after a loss, and after our own restart', async () => {
    const asked: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, EVENTS);
      response.write(`retry: 100\n\nid: ${asked.length}\ndata: ${asked.length}\n\n`);
      if (asked.length === 1) setImmediate(() => request.socket.destroy());
    });
    const clock = createManualClock(0);
    const running = (test = createTestContext(null, { base, clock }));
    const seen: string[] = [];
    followEvents(running.context, { url: '/', silenceS: 40 }, ({ data }) => seen.push(data));
    await expect.poll(() => running.failures).toHaveLength(1);
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(120);
    await expect.poll(() => seen).toEqual(['1', '2']);
    running.stop();
    test = createTestContext(null, { base, clock, memory: running.memory });
    followEvents(test.context, { url: '/', silenceS: 40 }, ({ data }) => seen.push(data));
    await expect.poll(() => seen).toEqual(['1', '2', '3']);
    expect(asked).toEqual([undefined, '1', '2']);
  });

  it('counts a silent connection as lost, a keep-alive comment as life', async () => {
    let open: ServerResponse | null = null;
    const base = await serve((_, response) => {
      open = response.writeHead(200, EVENTS);
      response.write(': hello\n\n');
    });
    const clock = createManualClock(0);
    const running = (test = createTestContext(null, { base, clock }));
    followEvents(running.context, { url: '/', silenceS: 40 }, () => {});
    await expect.poll(() => running.contacts()).toBe(2);
    clock.advance(35_000);
    (open as ServerResponse | null)?.write(':\n');
    await expect.poll(() => running.contacts()).toBe(3);
    clock.advance(35_000);
    expect(running.failures).toEqual([]);
    clock.advance(20_000);
    await expect.poll(() => running.failures.map(({ code }) => code)).toEqual(['feed/timeout']);
  });

  it('listens again after a sleep before it counts a connection as lost', async () => {
    let open: ServerResponse | null = null;
    const base = await serve((_, response) => {
      open = response.writeHead(200, EVENTS);
      response.write(': hello\n\n');
    });
    const clock = createManualClock(0);
    const running = (test = createTestContext(null, { base, clock }));
    followEvents(running.context, { url: '/', silenceS: 40 }, () => {});
    await expect.poll(() => running.contacts()).toBe(2);
    clock.skip(300_000);
    (open as ServerResponse | null)?.write(':\n');
    await expect.poll(() => running.contacts()).toBe(3);
    for (const _ of [1, 2, 3]) clock.skip(300_000);
    expect(running.failures).toEqual([]);
    clock.skip(300_000);
    await expect.poll(() => running.failures.map(({ code }) => code)).toEqual(['feed/timeout']);
  });

  it.each([
    [404, EVENTS, 'feed/status'],
    [204, EVENTS, 'feed/status'],
    [200, { 'content-type': 'text/html' }, 'feed/protocol'],
  ])('status %d with %o is %s', async (status, headers, code) => {
    const base = await serve((_, response) => response.writeHead(status, headers).end());
    test = createTestContext(null, { base, clock: createManualClock(0) });
    const { context, failures } = test;
    followEvents(context, { url: '/', silenceS: 40 }, () => {});
    await expect.poll(() => failures.map((failure) => failure.code)).toEqual([code]);
  });

  it('drops a source that sends an endless event', async () => {
    const base = await serve(
      (_, response) => void response.writeHead(200, EVENTS).write('data: '.padEnd(5000, 'x')),
    );
    test = createTestContext(null, { base, clock: createManualClock(0) });
    const { context, failures } = test;
    followEvents(context, { url: '/', silenceS: 40, maxLength: 1000 }, () => {});
    await expect.poll(() => failures.map(({ code }) => code)).toEqual(['record/too-large']);
  });
});

describe('createLineSplitter', () => {
  function split(text: string | Uint8Array, cuts: readonly number[]) {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const out: string[] = [];
    const splitter = createLineSplitter(10, {
      line: (line) => out.push(line),
      tooLong: () => out.push('TOO LONG'),
      notText: () => out.push('NOT TEXT'),
    });
    let from = 0;
    for (const cut of [...cuts.map((at) => Math.min(at, bytes.length)), bytes.length].sort((a, b) => a - b)) {
      splitter.push(bytes.subarray(from, cut));
      from = cut;
    }
    return out;
  }

  it('cuts at LF and CRLF, skips blank lines and lines beyond the limit', () => {
    expect(split('a\r\n\n\r\nbb\n0123456789\n01234567890\nc\nrest', [])).toEqual([
      'a',
      'bb',
      '0123456789',
      'TOO LONG',
      'c',
    ]);
  });

  it('skips a line that is no UTF-8 and no other', () => {
    const bytes = Buffer.from('a\n?\nb\n');
    bytes[2] = 0xff;
    expect(split(bytes, [])).toEqual(['a', 'NOT TEXT', 'b']);
  });

  it('does not care where chunks are cut', () => {
    const texts = ['川\n', '川川川\n', '川川川川\n', 'b\r\n', '\n', '01234567890123', '\r', 'x'];
    const piece = fc.constantFrom(...texts.map((text) => Buffer.from(text)), Buffer.from([0xe5]));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(80)), (pieces, cuts) => {
        const bytes = Buffer.concat(pieces);
        expect(split(bytes, cuts)).toEqual(split(bytes, []));
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('followLines', () => {
  it('asks again from its cursor when the answer ends', async () => {
    const asked: string[] = [];
    const base = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200);
      if (asked.length === 1) response.end('{"n":1}\n\n{"n":2}\n');
    });
    const clock = createManualClock(0);
    test = createTestContext(null, { base, clock });
    const { context, contacts, memory } = test;
    followLines(
      context,
      { address: () => `/?since=${memory.get('n') ?? ''}`, silenceS: 40, maxLineBytes: 1000 },
      {
        line: (line) => memory.set('n', String((JSON.parse(line) as { n: number }).n)),
        tooLong() {},
        notText() {},
      },
    );
    await expect.poll(() => contacts()).toBeGreaterThan(1);
    await expect.poll(() => clock.waiting).toBe(1);
    clock.advance(3000);
    await expect.poll(() => asked).toEqual(['/?since=', '/?since=2']);
  });
});
