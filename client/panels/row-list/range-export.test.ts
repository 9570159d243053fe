import { afterEach, expect, it, vi } from 'vitest';
import { fetchRange, fetchSize, rangeAddress, sizeText } from './range-export.ts';

const ask = { layer: 'rain-gauge', kind: 'csv', from: 1000, to: 2000, locale: 'en' } as const;
const { signal } = new AbortController();
afterEach(() => vi.unstubAllGlobals());

function answerWith(make: () => Response): string[] {
  const addresses: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    addresses.push(address);
    return Promise.resolve(make());
  });
  return addresses;
}

it('asks for a layer, a range and a language', () =>
  expect(rangeAddress(ask, '/size')).toBe(
    '/api/layers/rain-gauge/export/size?format=csv&from=1000&to=2000&language=en',
  ));

it('says whole milliseconds, as the server wants them, though the clock of a page says parts of them', () =>
  expect(rangeAddress({ ...ask, from: 1000.25, to: 2000.75 }, '')).toContain('from=1000&to=2000&'));

it('hands on the pieces as they come, and all of them in the end', async () => {
  const texts = ['编号', ',x', '\r\n1,2'];
  answerWith(() => {
    const stream = new ReadableStream({
      start(controller) {
        for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    return new Response(stream, { headers: { 'content-type': 'text/csv' } });
  });
  const seen: number[] = [];
  const blob = await fetchRange(ask, signal, (bytes) => seen.push(bytes));
  expect(seen).toEqual([6, 8, 13]);
  expect(await blob.text()).toBe(texts.join(''));
  expect(blob.type).toBe('text/csv');
});

it('says what the server says is wrong', async () => {
  const addresses = answerWith(() => Response.json({ message: '40 days, up to 31' }, { status: 400 }));
  await expect(fetchSize(ask, signal)).rejects.toThrow('40 days, up to 31');
  expect(addresses).toHaveLength(1);
});

it('breaks off with an error when the answer does', async () => {
  answerWith(() => {
    const stream = new ReadableStream({
      pull: (controller) => controller.error(new Error('the server is gone')),
    });
    return new Response(stream);
  });
  await expect(fetchRange(ask, signal, () => undefined)).rejects.toThrow('the server is gone');
});

it.each([
  [0, '0 kB'],
  [1500, '2 kB'],
  [3_210_000, '3.2 MB'],
  [2_500_000_000, '2.5 GB'],
])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
