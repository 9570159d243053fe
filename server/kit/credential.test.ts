// The token of a feed: in its header, to the addresses of its settings, and to nobody a source sends it on to.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createManualClock } from './clock.ts';
import { credentialOf } from './credential.ts';
import { createHttpReader } from './http-reader.ts';
import { pollSettings } from './settings.ts';
import { createTestContext } from './test-context.ts';

const schema = z.strictObject(pollSettings('noise/now', 60));
const TOKEN = 'a-token-of-the-source';

test.each([
  [{ token: TOKEN }, { authorization: `Bearer ${TOKEN}` }],
  [{ token: TOKEN, tokenHeader: 'X-Api-Key' }, { 'x-api-key': TOKEN }],
  [{}, {}],
])('%o shows %o to its source and nothing to another', (given, headers) => {
  const credential = credentialOf(schema.parse(given), 'https://eco.example.org/api/');
  expect(credential('https://eco.example.org/api/noise/now')).toEqual(headers);
  expect(credential('https://eco.example.org/api/next?page=2')).toEqual(headers);
  for (const elsewhere of ['http://eco.example.org/', 'https://eco.example.org:444/', 'https://example.org/'])
    expect(credential(elsewhere)).toEqual({});
});

test.each([
  [{ token: 'short' }, /token/],
  [{ token: 'two words of it' }, /no blanks/],
  [{ token: TOKEN, tokenHeader: 'X Key' }, /name of a header/],
])('%o is refused', (given, message) => {
  expect(() => schema.parse(given)).toThrow(message);
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a source that asks for a token is read with it; one that sends us elsewhere is not followed with it', async () => {
  const heard: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    heard.push(request.headers.authorization);
    response.end('stolen');
  });
  const base = await serve((request, response) => {
    const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
    if (request.url === '/moved') return void response.writeHead(302, { location: other }).end();
    response.writeHead(isKnown ? 200 : 401).end('12 dB');
  });
  const clock = createManualClock(0);
  const open = createTestContext(schema.parse({}), { base, clock, slug: 'noise' });
  await expect(createHttpReader(open.context).get('now')).rejects.toMatchObject({ code: 'feed/status' });
  const known = createTestContext(schema.parse({ token: TOKEN }), { base, clock, slug: 'noise' });
  const reader = createHttpReader(known.context);
  expect(Buffer.from((await reader.get('now'))?.bytes ?? []).toString()).toBe('12 dB');
  await expect(reader.get('moved')).rejects.toMatchObject({ code: 'feed/unreachable' });
  expect(heard).toEqual([]);
  for (const one of [open, known]) one.stop();
});
