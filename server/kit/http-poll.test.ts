import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createManualClock } from './clock.ts';
import { createHttpReader } from './http-reader.ts';
import { pollHttp } from './http-poll.ts';
import { readList } from './json-body.ts';
import { compileShape } from './shape.ts';
import { createTestContext } from './test-context.ts';
import type { TestContext } from './test-context.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | null = null;
let test: TestContext<null> | null = null;

async function serve(answer: Answer): Promise<string> {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
}

const contextFor = (base: string | null, clock = createManualClock(0)): TestContext<null> =>
  (test = createTestContext(null, { base, clock, slug: 'poll-test' }));

afterEach(() => {
  test?.stop();
  server?.closeAllConnections();
  server?.close();
  server = null;
});

describe('createHttpReader', () => {
  it('asks with validators and gives null for 304', async () => {
    const asked: (string | undefined)[][] = [];
    const base = await serve((request, response) => {
      asked.push([request.headers['if-none-match'], request.headers['if-modified-since']]);
      if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304).end();
      response.writeHead(200, {
        etag: '"v1"',
        'last-modified': 'Thu, 16 Jul 2026 06:30:00 GMT',
        'content-type': 'Text/Plain; charset=utf-8',
      });
      response.end('body');
    });
    const reader = createHttpReader(contextFor(base).context);
    const first = await reader.get('a/b');
    expect(first?.url).toBe(`${base}a/b`);
    expect(Buffer.from(first?.bytes ?? []).toString()).toBe('body');
    expect(first?.contentType).toBe('text/plain');
    expect(await reader.get('a/b')).toBeNull();
    reader.forget('a/b');
    expect(await reader.get('a/b')).not.toBeNull();
    expect(asked).toEqual([
      [undefined, undefined],
      ['"v1"', 'Thu, 16 Jul 2026 06:30:00 GMT'],
      [undefined, undefined],
    ]);
  });

  it('reads compressed bodies and measures them unpacked', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000, 'x')));
    });
    const { context } = contextFor(base);
    expect((await createHttpReader(context).get('/'))?.bytes.length).toBe(100_000);
    await expect(createHttpReader(context, { maxBytes: 99_999 }).get('/')).rejects.toMatchObject({
      code: 'record/too-large',
    });
  });

  it('gives up on an endless body at the size limit', async () => {
    const base = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) continue;
      };
      response.writeHead(200).on('drain', more);
      more();
    });
    const reader = createHttpReader(contextFor(base).context, { maxBytes: 1_000_000 });
    await expect(reader.get('/')).rejects.toMatchObject({ code: 'record/too-large' });
  });

  it('times out on a body that never ends, by the city clock', async () => {
    const base = await serve((_, response) => {
      response.writeHead(200);
      response.write('beginning');
      setImmediate(() => clock.advance(5000));
    });
    const clock = createManualClock(0);
    const reader = createHttpReader(contextFor(base, clock).context, { timeoutS: 5 });
    await expect(reader.get('/')).rejects.toMatchObject({ code: 'feed/timeout' });
    expect(clock.waiting).toBe(0);
  });

  it.each([
    [
      'status',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(503).end(),
      'feed/status',
    ],
    ['reset', (request: IncomingMessage) => request.socket.destroy(), 'feed/unreachable'],
    [
      'cut body',
      (request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('part');
        setImmediate(() => request.socket.destroy());
      },
      'feed/unreachable',
    ],
    [
      'endless redirect',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(302, { location: '/' }).end(),
      'feed/unreachable',
    ],
    [
      'unasked 304',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(304).end(),
      'feed/status',
    ],
  ])('%s becomes a code', async (_, answer, code) => {
    const base = await serve(answer);
    await expect(createHttpReader(contextFor(base).context).get('/')).rejects.toMatchObject({ code });
  });

  it('refuses a relative address without base, and other schemes', async () => {
    const { context } = contextFor(null);
    await expect(createHttpReader(context).get('eco/noise')).rejects.toThrow('no http address');
    await expect(createHttpReader(context).get('file:///etc/passwd')).rejects.toThrow('no http address');
  });
});

describe('pollHttp', () => {
  it('asks at once and then each period, and hands over new answers only', async () => {
    let asked = 0;
    const base = await serve((request, response) => {
      asked++;
      if (asked === 2) return response.writeHead(304).end();
      response.writeHead(200, { etag: `"${asked}"` }).end(String(asked));
      void request;
    });
    const clock = createManualClock(1_000_000);
    const { context, contacts } = contextFor(base, clock);
    const answers: string[] = [];
    pollHttp(context, { url: '/', periodS: 60 }, ({ bytes }) => answers.push(Buffer.from(bytes).toString()));
    await expect.poll(() => contacts()).toBe(1);
    clock.advance(90_000);
    await expect.poll(() => contacts()).toBe(2);
    clock.advance(60_000);
    await expect.poll(() => contacts()).toBe(3);
    expect(asked).toBe(3);
    expect(answers).toEqual(['1', '3']);
  });

  it('backs off 1, 2, 4 … times 10 s to 5 minutes, opens the breaker after five failures, closes it by one good probe', async () => {
    let down = false;
    const askedAt: number[] = [];
    const clock = createManualClock(0);
    const base = await serve((_, response) => {
      askedAt.push(clock.now());
      response.writeHead(down ? 500 : 200).end();
    });
    const { context, failures, contacts } = contextFor(base, clock);
    pollHttp(context, { url: '/', periodS: 10 }, () => {});
    await expect.poll(() => contacts()).toBe(1);
    await expect.poll(() => clock.waiting).toBe(1);
    down = true;
    askedAt.length = 0;
    while (askedAt.length === 0 && clock.waiting === 1) clock.advance(100);
    for (let failed = 1; failed <= 8; failed++) {
      await expect.poll(() => failures).toHaveLength(failed);
      await expect.poll(() => clock.waiting).toBe(1);
      if (failed === 8) down = false;
      while (askedAt.length === failed && clock.waiting === 1) clock.advance(100);
      await expect.poll(() => askedAt).toHaveLength(failed + 1);
    }
    await expect.poll(() => contacts()).toBe(2);
    const waits = askedAt.slice(1).map((at, index) => (at - (askedAt[index] ?? 0)) / 10_000);
    for (const [index, factor] of [1, 2, 4, 8, 16, 30, 30, 30].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(factor * 0.89);
      expect(waits[index]).toBeLessThanOrEqual(factor * 1.12);
    }
    expect(failures.map(({ code }) => code)).toEqual([
      ...Array<string>(4).fill('feed/status'),
      ...Array<string>(4).fill('feed/breaker-open'),
    ]);
  });

  it('asks for a body that could not be read again as a whole', async () => {
    const validators: (string | undefined)[] = [];
    const base = await serve((request, response) => {
      validators.push(request.headers['if-none-match']);
      response.writeHead(200, { etag: '"1"' }).end(validators.length === 1 ? '{"items":[' : '{"items":[]}');
    });
    const clock = createManualClock(0);
    const { context, sink, contacts } = contextFor(base, clock);
    const shape = compileShape(z.object({}));
    pollHttp(context, { url: '/', periodS: 10 }, ({ bytes }) => readList(bytes, { sink, shape }, () => {}));
    for (const count of [1, 2, 3]) {
      await expect.poll(() => contacts()).toBe(count);
      await expect.poll(() => clock.waiting).toBe(1);
      clock.advance(20_000);
    }
    expect(validators.slice(0, 3)).toEqual([undefined, undefined, '"1"']);
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/parse']);
  });

  it('stops with the feed, also in the middle of an answer', async () => {
    let asked = 0;
    const base = await serve(() => asked++);
    const clock = createManualClock(0);
    const running = contextFor(base, clock);
    pollHttp(running.context, { url: '/', periodS: 1 }, () => {});
    await expect.poll(() => asked).toBe(1);
    running.stop();
    await expect.poll(() => clock.waiting).toBe(0);
    clock.advance(100_000);
    expect(asked).toBe(1);
    expect(running.failures).toEqual([]);
  });

  it('calls a fault of the feed a fault, and goes on', async () => {
    const base = await serve((_, response) => response.end('x'));
    const clock = createManualClock(0);
    const { context, failures, logged } = contextFor(base, clock);
    pollHttp(context, { url: '/', periodS: 1 }, () => {
      throw new TypeError('boom');
    });
    await expect.poll(() => failures).toHaveLength(1);
    expect(failures[0]?.code).toBe('feed/protocol');
    expect(logged.join()).toContain('boom');
  });
});
