// The client side of WebSocket by hand (RFC 6455), over sockets that read into one shared buffer: thousands of
// connections cost the load generator little more than the reads themselves.

export const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A server frame's header: 2 bytes, and 8 of length at most; servers do not mask. */
const MAX_HEADER = 10;
/** Buffers for messages that came in pieces are kept up to this size, larger ones are made anew. */
const KEPT_BYTES = 64 * 1024;

export interface MessageHandler {
  /** How many bytes of this message are wanted; the rest is counted and skipped. */
  wants(opcode: number, length: number): number;
  /** `bytes` is a view that holds the wanted bytes until the call returns. */
  message(opcode: number, length: number, bytes: Uint8Array): void;
}

export class FrameReader {
  readonly #handler: MessageHandler;
  readonly #header = new Uint8Array(MAX_HEADER);
  #headerLength = 0;
  #opcode = 0;
  #length = 0;
  /** Payload bytes still to come; −1: between frames. */
  #left = -1;
  #wanted = 0;
  #kept = new Uint8Array(0);
  #keptLength = 0;

  constructor(handler: MessageHandler) {
    this.#handler = handler;
  }

  /** @throws Error on what a server of ours never sends: fragments, masks, more than 2³² bytes */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length || this.#left === 0) {
      if (this.#left < 0) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const take = Math.min(this.#left, chunk.length - at);
      if (take === this.#length) this.#finish(chunk.subarray(at, at + Math.min(take, this.#wanted)));
      else this.#keep(chunk.subarray(at, at + take));
      at += take;
    }
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      this.#header[this.#headerLength++] = chunk[at++] as number;
      const short = (this.#header[1] as number) & 0x7f;
      const needed = this.#headerLength < 2 ? 2 : 2 + (short === 127 ? 8 : short === 126 ? 2 : 0);
      if (this.#headerLength < needed) continue;
      this.#begin(short, needed);
      return at;
    }
    return at;
  }

  #begin(short: number, headerLength: number): void {
    const first = this.#header[0] as number;
    if ((first & 0x80) === 0 || (first & 0x0f) === 0) throw new Error('a fragmented message');
    if (((this.#header[1] as number) & 0x80) !== 0) throw new Error('a masked frame from a server');
    const view = new DataView(this.#header.buffer);
    if (headerLength === 10 && view.getUint32(2) !== 0) throw new Error('a frame of more than 4 GB');
    this.#opcode = first & 0x0f;
    this.#length = headerLength === 10 ? view.getUint32(6) : headerLength === 4 ? view.getUint16(2) : short;
    this.#left = this.#length;
    this.#wanted = Math.min(this.#length, this.#handler.wants(this.#opcode, this.#length));
    this.#headerLength = 0;
    this.#keptLength = 0;
  }

  #keep(piece: Uint8Array): void {
    const room = this.#wanted - this.#keptLength;
    if (room > 0) {
      if (this.#kept.length < this.#wanted) this.#kept = new Uint8Array(this.#wanted);
      this.#kept.set(piece.length > room ? piece.subarray(0, room) : piece, this.#keptLength);
      this.#keptLength += Math.min(room, piece.length);
    }
    this.#left -= piece.length;
    if (this.#left > 0) return;
    this.#finish(this.#kept.subarray(0, this.#wanted));
    if (this.#kept.length > KEPT_BYTES) this.#kept = new Uint8Array(0);
  }

  #finish(bytes: Uint8Array): void {
    this.#left = -1;
    this.#handler.message(this.#opcode, this.#length, bytes);
  }
}

/** One masked frame. The mask is zero, so that the payload stays as it is. */
export function clientFrame(opcode: number, payload: string): Buffer {
  const body = Buffer.from(payload);
  const length = body.byteLength;
  if (length > 0xffff) throw new Error(`${length} bytes: clients here say little`);
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.set(body, head);
  return frame;
}

/** The upgrade request of an Engine.IO connection that is a WebSocket from the start. */
export function upgradeRequest(port: number): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n');
}
