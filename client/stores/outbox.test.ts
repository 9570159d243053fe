import { afterEach, expect, test, vi } from 'vitest';
import type { Outbox } from '../../contracts/records/message.ts';
import {
  actOn,
  incidentMessages,
  loadMessagesOf,
  loadOutbox,
  outbox,
  outboxRefusal,
  outboxState,
} from './outbox.ts';

afterEach(async () => {
  await loadMessagesOf(null);
  [outbox.value, outboxRefusal.value, outboxState.value] = [null, null, null];
  vi.unstubAllGlobals();
});

const page = (total: number): Outbox => ({ withheld: null, messages: [], total, counts: {}, paused: {} });

/** The network is not ours: it answers as the server's document says, each question when the test lets it. */
function answering(
  answer: (url: string) => readonly [number, unknown] | Promise<readonly [number, unknown]>,
) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    asked.push(`${url} ${typeof init?.body === 'string' ? init.body : ''}`.trim());
    const [status, said] = await answer(url);
    return new Response(JSON.stringify(said), { status });
  });
  return asked;
}

test('an answer that was overtaken is not shown', async () => {
  let answerFirst: (said: readonly [number, unknown]) => void = () => undefined;
  const first = new Promise<readonly [number, unknown]>((resolve) => (answerFirst = resolve));
  answering((url) => (url.includes('state=failed') ? [200, page(1)] : first));
  const slow = loadOutbox();
  outboxState.value = 'failed';
  await loadOutbox();
  answerFirst([200, page(9)]);
  await slow;
  expect(outbox.value?.total).toBe(1);
});

test('an action names what was seen, says in plain words why it was refused, and reads anew', async () => {
  const asked = answering((url) =>
    url.includes('/approve') ? [403, { code: 'access/duties', message: 'demo: …' }] : [200, page(0)],
  );
  await loadMessagesOf(4);
  const answer = await actOn({ id: 7, seq: 12 }, 'approve');
  expect(answer).toMatchObject({
    ok: false,
    refusal: { title: { zh: expect.stringContaining('另一人') as string } },
  });
  expect(asked.map((one) => one.replace(/[?&]world=[^& ]*/, ''))).toEqual([
    '/api/outbox?incident=4',
    '/api/outbox/7/approve {"seen":12}',
    '/api/outbox?incident=4',
  ]);
});

test('a server that is away is said, and what was known stays', async () => {
  answering(() => [200, page(3)]);
  await loadOutbox();
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
  await loadOutbox();
  expect([outbox.value?.total, outboxRefusal.value !== null]).toEqual([3, true]);
});

test('messages of a card that was closed meanwhile are not those of the next', async () => {
  let answer: (said: readonly [number, unknown]) => void = () => undefined;
  const late = new Promise<readonly [number, unknown]>((resolve) => (answer = resolve));
  answering(() => late);
  const reading = loadMessagesOf(1);
  await loadMessagesOf(null);
  answer([200, { ...page(1), messages: [{ id: 1 }] }]);
  await reading;
  expect(incidentMessages.value).toEqual([]);
});
