import { afterEach, expect, test, vi } from 'vitest';
import { viewFixture } from '../panels/incident-card/incident.fixture.ts';
import { act, answerOf, closeIncident, openIncident, opened, openedRefusal } from './incidents.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  closeIncident();
});

/** The network is not ours: it answers as the server's document says. */
function answering(answer: (url: string, init?: RequestInit) => [number, unknown] | null): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    asked.push(`${url} ${typeof init?.body === 'string' ? init.body : ''}`.trim());
    const said = answer(url, init);
    return said
      ? Promise.resolve(new Response(JSON.stringify(said[1]), { status: said[0] }))
      : Promise.reject(new Error('no network'));
  });
  return asked;
}

test.each([200, 201])('status %i is done', (status) => {
  expect(answerOf(status, viewFixture)).toEqual({ outcome: 'done', view: viewFixture });
});

test('a conflict says why, what was not seen, and how it stands now', () => {
  const said = {
    ...viewFixture,
    code: 'request/conflict',
    message: '甲 已先受理: read again',
    since: viewFixture.incident.log,
  };
  expect(answerOf(409, said)).toMatchObject({
    outcome: 'conflict',
    why: '甲 已先受理',
    since: { length: 5 },
  });
});

test.each([
  [400, { message: 'text: too short' }],
  [409, { message: 'not an incident' }],
  [0, null],
])('status %i without an incident is refused', (status, said) => {
  expect(answerOf(status, said)).toMatchObject({ outcome: 'refused' });
});

test('an action names what this page has seen, and what came back is shown', async () => {
  const after = { ...viewFixture, incident: { ...viewFixture.incident, seq: 6 } };
  const asked = answering((url, init) =>
    init?.method === 'POST'
      ? [201, after]
      : [200, url.endsWith('/similar') ? { incidents: [] } : viewFixture],
  );
  await openIncident(1);
  expect(opened.value).toEqual(viewFixture);
  const answer = await act(viewFixture.incident, 'urge', { action: 'a-1234567', text: '快' });
  expect(answer.outcome).toBe('done');
  expect(opened.value?.incident.seq).toBe(6);
  expect(asked.at(-1)).toBe('/api/incidents/1/urge {"seen":5,"action":"a-1234567","text":"快"}');
});

test('without a network it is said, and nothing is shown as if it were so', async () => {
  answering(() => null);
  await openIncident(1);
  expect(opened.value).toBeNull();
  expect(openedRefusal.value?.title.zh).toMatch(/没有应答/);
  expect(await act(viewFixture.incident, 'accept', { action: 'a-1234567' })).toMatchObject({
    outcome: 'refused',
  });
});
