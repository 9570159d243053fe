import { afterEach, describe, expect, it, test, vi } from 'vitest';
import {
  fill,
  loadOperations,
  operations,
  operationsOn,
  operationsRefusal,
  refusalOf,
  silence,
} from './operations.ts';

afterEach(() => vi.unstubAllGlobals());

/** The network is not ours: it answers as the server's document says. */
function answering(
  status: number,
  body: string,
  type = 'application/json',
): { asked: [string, RequestInit?][] } {
  const asked: [string, RequestInit?][] = [];
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    asked.push(init ? [url, init] : [url]);
    return Promise.resolve(new Response(body, { status, headers: { 'content-type': type } }));
  });
  return { asked };
}

const target = { layer: 'rain-gauge', key: 'g1', reason: '探头检修', until: 5 };

test.each([
  [400, /有误/],
  [403, /权限/],
  [404, /不支持/],
  [409, /已经/],
  [500, /没有接受/],
  [0, /没有应答/],
])('status %d has a sentence of its own', (status, words) =>
  expect(refusalOf(status, '').title.zh).toMatch(words),
);

describe('asking', () => {
  it('posts what is asked for', async () => {
    const { asked } = answering(201, '{"id":4}');
    expect(await fill({ ...target, column: 'rainMm', value: 3 })).toEqual({ ok: true, value: { id: 4 } });
    expect(asked[0]?.[0]).toBe('/api/operations/fill');
    expect(JSON.parse(String(asked[0]?.[1]?.body))).toEqual({ ...target, column: 'rainMm', value: 3 });
  });
  it('hands on what the server says is wrong', async () => {
    answering(400, '{"code":"request/invalid","message":"until: too far"}');
    expect(await silence(target)).toMatchObject({ ok: false, refusal: { detail: 'until: too far' } });
  });
  it('takes a page in place of an answer for a server without these routes', async () => {
    answering(200, '<html></html>', 'text/html');
    expect(await silence(target)).toMatchObject({
      ok: false,
      refusal: { title: { zh: expect.stringMatching(/不支持/) } },
    });
  });
  it('says that nothing changed when nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    expect(await silence(target)).toMatchObject({
      ok: false,
      refusal: { title: { zh: expect.stringMatching(/没有生效/) } },
    });
  });
});

it('knows which operations hold for a row', async () => {
  answering(
    200,
    '{"operations":[{"id":1,"body":{"layer":"rain-gauge","key":"g1"}},{"id":2,"body":{"feed":"x"}}]}',
  );
  await loadOperations();
  expect(operationsOn('rain-gauge', 'g1').map(({ id }) => id)).toEqual([1]);
  answering(403, '{"message":""}');
  await loadOperations();
  expect(operationsRefusal.value?.title.zh).toMatch(/权限/);
  expect(operations.value).toHaveLength(2);
});
