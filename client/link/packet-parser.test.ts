import { describe, expect, it } from 'vitest';
import { Decoder, Encoder, parseText, type SocketPacket } from './packet-parser.ts';

describe('socket packets', () => {
  it.each<SocketPacket>([
    { type: 2, nsp: '/', data: ['applied', 12] },
    { type: 2, nsp: '/', id: 7, data: ['subscribe', { world: 'live', streams: [], since: null }] },
    { type: 0, nsp: '/' },
  ])('come back as they went: %j', (packet) => {
    const [text] = new Encoder().encode(packet);
    expect(parseText(text ?? '')).toEqual(packet);
  });

  it('take a binary message as frames', () => {
    const seen: SocketPacket[] = [];
    const decoder = new Decoder();
    decoder.on('decoded', (packet) => void seen.push(packet));
    decoder.add(new Uint8Array([1, 2, 3]).buffer);
    expect(seen).toEqual([{ type: 2, nsp: '/', data: ['frames', new Uint8Array([1, 2, 3])] }]);
  });

  it('refuse other text', () => {
    expect(() => parseText('hello')).toThrow(/hello/);
  });
});
