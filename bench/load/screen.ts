// One connected screen over a raw socket: Engine.IO and Socket.IO handshake, then messages handed on as bytes.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { clientFrame, FrameReader, opcodes, upgradeRequest } from './websocket.ts';

/** What a screen says and hears beyond the handshake: ours and the rival differ here. */
export interface Dialect {
  /** The text that joins the namespace. */
  readonly join: string;
  /** Bytes of a message of this length that are needed to know what it is. */
  wants(screen: Screen, opcode: number, length: number): number;
  text(screen: Screen, length: number, bytes: Uint8Array): void;
  binary(screen: Screen, bytes: Uint8Array): void;
}

export interface ScreenEnd {
  readonly port: number;
  readonly dialect: Dialect;
  /** The connection ended and not by us. */
  lost(screen: Screen, reason: string): void;
}

/** All sockets read into this one: a read is handled before the next one begins. */
const shared = new Uint8Array(256 * 1024);
const HEAD_END = '\r\n\r\n';
const PONG = clientFrame(opcodes.text, '3');

export class Screen {
  readonly index: number;
  /** Whole state received since the last connect. */
  isRestored = false;
  bytes = 0;
  readonly #end: ScreenEnd;
  #socket: Socket | null = null;
  #head = '';
  #isOpen = false;

  constructor(index: number, end: ScreenEnd) {
    this.index = index;
    this.#end = end;
  }

  open(): void {
    this.isRestored = false;
    this.#isOpen = false;
    this.#head = '';
    const reader = new FrameReader({
      wants: (opcode, length) =>
        opcode === opcodes.text && length < 2 ? length : this.#end.dialect.wants(this, opcode, length),
      message: (opcode, length, bytes) => this.#message(opcode, length, bytes),
    });
    const callback = (count: number): boolean => {
      this.bytes += count;
      this.#read(reader, shared.subarray(0, count));
      return true;
    };
    const socket = connect({
      port: this.#end.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: shared, callback },
    });
    this.#socket = socket;
    socket.on('connect', () => socket.write(upgradeRequest(this.#end.port)));
    socket.on('error', (error) => this.#lose(socket, error.message));
    socket.on('close', () => this.#lose(socket, 'closed'));
  }

  /** Another screen of the same server. */
  twin(index: number): Screen {
    return new Screen(index, this.#end);
  }

  say(text: string): void {
    this.#socket?.write(clientFrame(opcodes.text, text));
  }

  sayFrame(frame: Buffer): void {
    this.#socket?.write(frame);
  }

  /** Reads nothing more, as a screen that hangs: the socket stays open. */
  stall(): void {
    this.#socket?.pause();
  }

  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.destroy();
  }

  #lose(socket: Socket, reason: string): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#end.lost(this, reason);
  }

  #read(reader: FrameReader, chunk: Uint8Array): void {
    if (this.#isOpen) return reader.push(chunk);
    this.#head += Buffer.from(chunk).toString('latin1');
    const end = this.#head.indexOf(HEAD_END);
    if (end < 0) return;
    if (!this.#head.startsWith('HTTP/1.1 101')) throw new Error(`no upgrade: ${this.#head.slice(0, 60)}`);
    this.#isOpen = true;
    const rest = Buffer.from(this.#head.slice(end + HEAD_END.length), 'latin1');
    if (rest.length > 0) reader.push(rest);
  }

  #message(opcode: number, length: number, bytes: Uint8Array): void {
    if (opcode === opcodes.binary) return this.#end.dialect.binary(this, bytes);
    if (opcode === opcodes.close) this.#socket?.destroy();
    if (opcode !== opcodes.text) return;
    const kind = bytes[0];
    if (kind === OPEN) this.say(this.#end.dialect.join);
    else if (kind === PING) this.sayFrame(PONG);
    else if (kind === MESSAGE) this.#end.dialect.text(this, length, bytes);
  }
}

/** Engine.IO packet types as characters. */
const OPEN = 0x30;
const PING = 0x32;
const MESSAGE = 0x34;
