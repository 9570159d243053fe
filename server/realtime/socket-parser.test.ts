import { expect, test } from 'vitest';
import type { Packet } from './socket-parser.ts';
import { Decoder, Encoder } from './socket-parser.ts';

function decode(chunk: unknown): Packet {
  const decoder = new Decoder();
  let packet: Packet | null = null;
  decoder.on('decoded', (decoded: Packet) => (packet = decoded));
  decoder.add(chunk);
  if (!packet) throw new Error('nothing was decoded');
  return packet;
}

test.each<Packet>([
  { type: 0, nsp: '/' },
  { type: 0, nsp: '/', data: { sid: 'x' } },
  { type: 2, nsp: '/', data: ['applied', 5] },
  { type: 2, nsp: '/', data: ['subscribe', { a: '，' }], id: 7 },
  { type: 3, nsp: '/', data: [{}], id: 0 },
])('%j survives', (packet) => {
  const [text] = new Encoder().encode(packet);
  expect(decode(text)).toEqual(packet);
});

test('frames are one message of bare bytes', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const encoded = new Encoder().encode({ type: 2, nsp: '/', data: ['frames', bytes] });
  expect(encoded).toEqual([bytes]);
  expect(decode(bytes)).toEqual({ type: 2, nsp: '/', data: ['frames', bytes] });
});

test.each([
  '',
  '{}',
  '[9,"/",[]]',
  '[2,"/",{}]',
  '[2,"/",["disconnect"]]',
  '[2,"/",[5]]',
  '["2","/",["x"]]',
  '[2,7,["x"]]',
  `[2,"/",["${'x'.repeat(70_000)}"]]`,
  42,
  null,
])('refuses %j', (text) => {
  expect(() => decode(text)).toThrow();
});
