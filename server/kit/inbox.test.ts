import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from './clock.ts';
import { createInbox } from './inbox.ts';
import { createListLogger, createTestContext } from './test-context.ts';

const KEY = 'a-key-of-sufficient-length';
const body = Buffer.from('{"events":[]}');
let clock = createManualClock(0);
let inbox = createInbox(clock, createListLogger([]));
let test = createTestContext(null);
let seen: string[] = [];

function headers(over: Record<string, string> = {}, raw: Uint8Array = body, key = KEY) {
  const stamp = over['x-timestamp'] ?? String(Math.floor(clock.now() / 1000));
  const nonce = over['x-nonce'] ?? 'n-1';
  const hmac = createHmac('sm3', key)
    .update(Buffer.concat([Buffer.from(`${stamp}.${nonce}.`), raw]))
    .digest('hex');
  return { 'x-timestamp': stamp, 'x-nonce': nonce, 'x-signature': `hmac-sm3=${hmac}`, ...over };
}

beforeEach(() => {
  clock = createManualClock(1_784_000_000_000);
  inbox = createInbox(clock, createListLogger([]));
  test = createTestContext(null, { clock });
  seen = [];
  inbox.route(test.context, { name: 'calls', key: KEY, maxBytes: 100 }, (bytes) => {
    seen.push(Buffer.from(bytes).toString());
    return bytes.length > 2;
  });
});

describe('inbox', () => {
  it('stores a signed delivery', () => {
    expect(inbox.deliver('calls', headers(), body).status).toBe(202);
    expect(seen).toEqual([body.toString()]);
    expect(test.contacts()).toBe(1);
  });

  it('signs with SM3 as GB/T 32905 defines it', () => {
    // Example 1 of the standard.
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
    expect(headers()['x-signature']).toMatch(/^hmac-sm3=[0-9a-f]{64}$/);
  });

  it.each([
    ['wrong key', () => headers({}, body, 'another-key-of-that-length')],
    ['other body', () => headers({}, Buffer.from('{"events":[1]}'))],
    ['no signature', () => ({ ...headers(), 'x-signature': '' })],
    ['short signature', () => ({ ...headers(), 'x-signature': 'hmac-sm3=00' })],
    ['no time', () => headers({ 'x-timestamp': 'now' })],
    ['no nonce', () => headers({ 'x-nonce': '' })],
    ['too old', () => headers({ 'x-timestamp': String(clock.now() / 1000 - 301) })],
    ['too new', () => headers({ 'x-timestamp': String(clock.now() / 1000 + 301) })],
    ['two signatures', () => ({ ...headers(), 'x-signature': ['a', 'b'] })],
  ])('%s is 401', (_, given) => {
    expect(inbox.deliver('calls', given(), body).status).toBe(401);
    expect(seen).toEqual([]);
  });

  it('takes a nonce once, for as long as its stamp could be valid', () => {
    const early = headers({ 'x-timestamp': String(clock.now() / 1000 + 300) });
    expect(inbox.deliver('calls', early, body).status).toBe(202);
    for (let step = 0; step < 10; step++) {
      expect(inbox.deliver('calls', early, body).status).toBe(409);
      clock.advance(60_000);
    }
    clock.advance(1000);
    expect(inbox.deliver('calls', early, body).status).toBe(401);
    expect(seen).toHaveLength(1);
  });

  it('answers 400, 404 and 413', () => {
    expect(inbox.deliver('calls', headers({}, Buffer.from('{}')), Buffer.from('{}')).status).toBe(400);
    expect(inbox.deliver('nowhere', headers(), body).status).toBe(404);
    expect(inbox.deliver('calls', headers(), Buffer.alloc(101)).status).toBe(413);
  });

  it('slows a flood down instead of growing', () => {
    let last = 202;
    let sent = 0;
    while (last === 202 && sent < 30_000)
      last = inbox.deliver('calls', headers({ 'x-nonce': `n${sent++}` }), body).status;
    expect(last).toBe(429);
    clock.advance(601_000);
    expect(inbox.deliver('calls', headers({ 'x-nonce': 'later' }), body).status).toBe(202);
  });

  it('refuses everything without a key, and closes with the feed', () => {
    inbox.route(test.context, { name: 'open', key: null }, () => true);
    expect(inbox.deliver('open', headers(), body).status).toBe(401);
    test.stop();
    expect(inbox.deliver('calls', headers(), body).status).toBe(404);
  });
});
