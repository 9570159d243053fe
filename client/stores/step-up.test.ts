import { afterEach, expect, test, vi } from 'vitest';
import { settleStepUp, stepUpAsked } from './step-up.ts';
import { askServer, strangerCount } from './world.ts';

const problem = (code: string): Response => Response.json({ code, message: code }, { status: 401 });

/** A server that asks who it is until somebody said so. → what it was asked, in order */
function serve(answerOf: (nth: number) => Response): string[] {
  const calls: string[] = [];
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    calls.push(`${init?.method ?? 'GET'} ${path} ${typeof init?.body === 'string' ? init.body : ''}`);
    return Promise.resolve(answerOf(calls.length));
  });
  return calls;
}

afterEach(() => vi.unstubAllGlobals());
const isAsked = (): Promise<void> => vi.waitFor(() => expect(stepUpAsked.value).not.toBeNull());

test('what was asked is asked again once, with its body, when they said who they are', async () => {
  const calls = serve((nth) => (nth === 1 ? problem('access/step-up') : Response.json({ done: true })));
  const answer = askServer('/api/accounts', { method: 'POST', body: '{"id":"li"}' });
  await isAsked();
  expect(calls).toHaveLength(1);
  settleStepUp(true);
  expect(await (await answer).json()).toEqual({ done: true });
  expect(calls).toEqual(Array(2).fill('POST /api/accounts {"id":"li"}'));
  expect([stepUpAsked.value, strangerCount.value]).toEqual([null, 0]);
});

test('left, it is not asked again, and the refusal can be read', async () => {
  const calls = serve(() => problem('access/step-up'));
  const answer = askServer('/x');
  await isAsked();
  settleStepUp(false);
  expect(await (await answer).json()).toMatchObject({ code: 'access/step-up' });
  expect(calls).toHaveLength(1);
});

test('a second refusal is told, not asked about for ever', async () => {
  const calls = serve(() => problem('access/step-up'));
  const answer = askServer('/x');
  await isAsked();
  settleStepUp(true);
  expect((await answer).status).toBe(401);
  expect([calls.length, stepUpAsked.value]).toEqual([2, null]);
});

test('two at once are one question; another refusal is none', async () => {
  serve((nth) => (nth <= 2 ? problem('access/step-up') : Response.json({})));
  const both = [askServer('/a'), askServer('/b')];
  await isAsked();
  settleStepUp(true);
  expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, true]);
  serve(() => problem('access/sign-in'));
  const before = strangerCount.value;
  expect((await askServer('/c')).status).toBe(401);
  expect([strangerCount.value - before, stepUpAsked.value]).toEqual([1, null]);
});
