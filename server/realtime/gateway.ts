// The door of all screens: a connection chooses its world by `?world=`, and is then a matter of the room of that world.
import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'socket.io';
import { Server } from 'socket.io';
import type { ErrorCode } from '../../contracts/errors.ts';
import { CodedError } from '../../contracts/errors.ts';
import { LIVE_WORLD } from '../../contracts/records/world.ts';
import { wireEvents } from '../../contracts/wire.ts';
import type { Allow, AuditTrail, Door } from '../access/port.ts';
import { isSameOrigin } from '../kit/same-origin.ts';
import type { Room } from './room.ts';
import * as parser from './socket-parser.ts';

/** Of all worlds together. */
const MAX_CLIENTS = 5000;

export interface GatewayOptions {
  readonly allow: Allow;
  /** Who a new connection is, by the cookie it came with. */
  readonly door: Pick<Door, 'callerOf'>;
  /** null: nothing is written down. */
  readonly audit: Pick<AuditTrail, 'note'> | null;
}

export class Gateway {
  readonly #options: GatewayOptions;
  readonly #rooms = new Map<string, Room>();
  #io: Server | null = null;
  #clients = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  attach(server: HttpServer): void {
    const io = new Server(server, {
      transports: ['websocket'],
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: parser.MAX_MESSAGE,
      serveClient: false,
      parser,
      pingInterval: 20_000,
      pingTimeout: 15_000,
    });
    io.on('connection', (socket) => this.#welcome(socket));
    this.#io = io;
    for (const room of this.#rooms.values()) this.#open(room);
  }

  /** Screens may come in from now on. */
  add(room: Room): void {
    if (this.#rooms.has(room.id)) throw new Error(`world ${room.id} has a room already: remove it first`);
    this.#rooms.set(room.id, room);
    if (this.#io) this.#open(room);
  }

  /** Ends every connection to this world. */
  remove(room: Room): void {
    if (this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
    room.close();
  }

  /** Tells every screen of a world how its clock goes now. */
  tellClock(room: Room): void {
    const io = this.#io;
    if (io) room.tellClock((event, body) => void io.to(room.id).emit(event, body));
  }

  async close(): Promise<void> {
    for (const room of [...this.#rooms.values()]) this.remove(room);
    this.#io?.disconnectSockets(true);
    await this.#io?.close();
    this.#io = null;
  }

  #open(room: Room): void {
    room.open((event, body) => void this.#io?.to(room.id).emit(event, body));
  }

  #welcome(socket: Socket): void {
    const { allow, door, audit } = this.#options;
    const { request } = socket;
    const asked = socket.handshake.query['world'] ?? LIVE_WORLD;
    const id = typeof asked === 'string' ? asked : '';
    const { subject, session } = door.callerOf(request);
    const note = (kind: 'access/refuse' | 'access/view', result: string): void =>
      audit?.note({
        ...{ kind, result, subject: subject.id, roles: subject.roles, event: 'socket connect' },
        ...{ from: request.socket.remoteAddress ?? '', object: `world ${id.slice(0, 40)}` },
      });
    const refuseAs = (code: ErrorCode): void => {
      note('access/refuse', code);
      refuse(socket, code, 'connection');
    };
    if (!isSameOrigin(request.headers)) return refuseAs('access/origin');
    if (!allow(subject, 'connect', { kind: 'world', id })) {
      return refuseAs(subject.id === '' ? 'access/sign-in' : 'request/forbidden');
    }
    const room = this.#rooms.get(id);
    if (!room) return refuse(socket, 'request/not-found', `world ${id.slice(0, 40)}`);
    if (this.#clients >= MAX_CLIENTS) return refuse(socket, 'request/too-many', 'connection');
    this.#clients += 1;
    // Whose session ends sees nothing more.
    const leave = (): void => void socket.disconnect(true);
    session?.ended.addEventListener('abort', leave, { once: true });
    socket.once('disconnect', () => {
      this.#clients -= 1;
      session?.ended.removeEventListener('abort', leave);
    });
    if (session) note('access/view', 'ok');
    void socket.join(room.id);
    room.welcome(socket, subject);
  }
}

function refuse(socket: Socket, code: ErrorCode, what: string): void {
  socket.emit(wireEvents.error, { code, message: new CodedError(code, what).message });
  socket.disconnect(true);
}
