// The Socket.IO parser of the cockpit, the same at both ends: a text message is [type, namespace, data, id] as JSON, and
// a binary message *is* the payload of a `frames` event. One message a tick and client, no placeholder to parse.
import { EventEmitter } from 'node:events';
import { wireEvents } from '../../contracts/wire.ts';

/** Packet types of the Socket.IO protocol, version 5. */
export const packetTypes = { connect: 0, disconnect: 1, event: 2, ack: 3, connectError: 4 } as const;

export interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly data?: unknown;
  readonly id?: number;
}

/** Longest text a client may send: a subscription of every layer and cell fits many times. */
export const MAX_MESSAGE = 64 * 1024;

export class Encoder {
  encode(packet: Packet): (string | Uint8Array)[] {
    if (
      packet.type === packetTypes.event &&
      Array.isArray(packet.data) &&
      packet.data[0] === wireEvents.frames
    ) {
      return [packet.data[1] as Uint8Array];
    }
    return [JSON.stringify([packet.type, packet.nsp, packet.data ?? null, packet.id ?? null])];
  }
}

export class Decoder extends EventEmitter {
  /** @throws Error on anything that is no packet; the connection is closed then */
  add(chunk: unknown): void {
    if (typeof chunk === 'string') this.emit('decoded', parseText(chunk));
    else if (chunk instanceof Uint8Array) {
      this.emit('decoded', { type: packetTypes.event, nsp: '/', data: [wireEvents.frames, chunk] });
    } else throw new Error('a packet is text or bytes');
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

/** Names the library gives a meaning of its own. */
const reserved = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]);

function parseText(text: string): Packet {
  if (text.length > MAX_MESSAGE) throw new Error(`a packet of ${text.length} units: at most ${MAX_MESSAGE}`);
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts) || parts.length > 4) throw new Error('a packet is [type, namespace, data, id]');
  const [type, nsp, data, id] = parts as unknown[];
  if (typeof nsp !== 'string' || typeof type !== 'number' || !isPayloadValid(type, data)) {
    throw new Error('a packet is [type, namespace, data, id] with the data of its type');
  }
  const isNumbered = typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;
  return {
    type,
    nsp,
    ...(data === null || data === undefined ? {} : { data }),
    ...(isNumbered ? { id } : {}),
  };
}

function isPayloadValid(type: number, data: unknown): boolean {
  switch (type) {
    case packetTypes.connect:
      return typeof data === 'object' || data === undefined;
    case packetTypes.disconnect:
      return data === null || data === undefined;
    case packetTypes.event:
      return Array.isArray(data) && typeof data[0] === 'string' && !reserved.has(data[0]);
    case packetTypes.ack:
      return Array.isArray(data);
    case packetTypes.connectError:
      return typeof data === 'object' && data !== null;
    default:
      return false;
  }
}
