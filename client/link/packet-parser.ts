// Socket.IO parser with one WebSocket message per packet: text packets as in the standard protocol, and one more rule: a
// binary message *is* the payload of a `frames` event. Both ends must use the same parser.
import { Emitter } from '@socket.io/component-emitter';
import { wireEvents } from '../../contracts/wire.ts';

/** A packet as socket.io hands it to its parser. */
export interface SocketPacket {
  readonly type: number;
  readonly nsp: string;
  readonly data?: unknown;
  readonly id?: number;
}

const EVENT = 2;

export class Encoder {
  /** A page sends no binary. */
  encode(packet: SocketPacket): string[] {
    const nsp = packet.nsp !== '/' ? `${packet.nsp},` : '';
    const data = packet.data === undefined ? '' : JSON.stringify(packet.data);
    return [`${packet.type}${nsp}${packet.id ?? ''}${data}`];
  }
}

interface DecoderEvents {
  decoded: (packet: SocketPacket) => void;
}

export class Decoder extends Emitter<DecoderEvents, DecoderEvents> {
  add(chunk: string | ArrayBuffer | Uint8Array): void {
    this.emit('decoded', typeof chunk === 'string' ? parseText(chunk) : toFrames(chunk));
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

/** @throws Error on text that is no packet; the connection closes then */
export function parseText(text: string): SocketPacket {
  const [head, type, nsp = '/', id] = /^([0-4])(?:(\/[^,{[]*),)?(\d{1,15})?/.exec(text) ?? [];
  if (head === undefined) throw new Error(`socket packet "${text.slice(0, 40)}": does not begin as one: update the page`);
  const rest = text.slice(head.length);
  return {
    type: Number(type),
    nsp,
    ...(id === undefined ? {} : { id: Number(id) }),
    ...(rest === '' ? {} : { data: JSON.parse(rest) as unknown }),
  };
}

function toFrames(chunk: ArrayBuffer | Uint8Array): SocketPacket {
  const bytes = chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk);
  return { type: EVENT, nsp: '/', data: [wireEvents.frames, bytes] };
}
