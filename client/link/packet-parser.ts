// Socket.IO parser with one WebSocket message per packet: text packets as JSON [type, namespace, data, id], and a binary
// message *is* the payload of a `frames` event. Both ends must use the same parser.
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
    return [JSON.stringify([packet.type, packet.nsp, packet.data ?? null, packet.id ?? null])];
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
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts) || typeof parts[0] !== 'number' || typeof parts[1] !== 'string') {
    throw new Error(`socket packet "${text.slice(0, 40)}": not [type, namespace, data, id]: reload the page`);
  }
  const [type, nsp, data, id] = parts as [number, string, unknown, unknown];
  return {
    type,
    nsp,
    ...(typeof id === 'number' ? { id } : {}),
    ...(data === null || data === undefined ? {} : { data }),
  };
}

function toFrames(chunk: ArrayBuffer | Uint8Array): SocketPacket {
  const bytes = chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk);
  return { type: EVENT, nsp: '/', data: [wireEvents.frames, bytes] };
}
