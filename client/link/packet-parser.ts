// Socket.IO parser with one WebSocket message per packet: text packets as JSON, frames as bare bytes. The default parser
// sends a text header before every binary message; both ends must use the same parser.
import { Emitter } from '@socket.io/component-emitter';

/** A packet as socket.io hands it to its parser. 2 = EVENT. */
export interface SocketPacket {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

const EVENT = 2;
const FRAMES = 'frames';

const isFrames = (packet: SocketPacket): packet is SocketPacket & { data: [string, Uint8Array] } =>
  packet.type === EVENT && Array.isArray(packet.data) && packet.data[0] === FRAMES && packet.data.length === 2;

export class Encoder {
  encode(packet: SocketPacket): (string | Uint8Array)[] {
    if (isFrames(packet)) return [packet.data[1]];
    return [JSON.stringify([packet.type, packet.nsp, packet.data ?? null, packet.id ?? null])];
  }
}

interface DecoderEvents {
  decoded: (packet: SocketPacket) => void;
}

export class Decoder extends Emitter<DecoderEvents, DecoderEvents> {
  add(chunk: string | ArrayBuffer | Uint8Array): void {
    this.emit('decoded', typeof chunk === 'string' ? readText(chunk) : readBytes(chunk));
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

function readText(text: string): SocketPacket {
  const parts: unknown = JSON.parse(text);
  if (!Array.isArray(parts) || typeof parts[0] !== 'number' || typeof parts[1] !== 'string') {
    throw new Error(`socket packet ${text.slice(0, 60)}: not [type, namespace, data, id]: update the client`);
  }
  const [type, nsp, data, id] = parts as [number, string, unknown, number | null];
  return { type, nsp, ...(data === null ? {} : { data }), ...(id === null || id === undefined ? {} : { id }) };
}

function readBytes(chunk: ArrayBuffer | Uint8Array): SocketPacket {
  const bytes = chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk);
  return { type: EVENT, nsp: '/', data: [FRAMES, bytes] };
}
