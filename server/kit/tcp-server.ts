// Ports that devices dial in to: bounded buffers, idle time-out, connection cap, answers with back-pressure.
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { CodedError } from '../../contracts/errors.ts';
import type { Link } from './feed.ts';

export interface TcpPeer {
  /** `address:port`, for logs and rejects. */
  readonly name: string;
  /** Queues an answer; a peer that does not read its answers is not read from until it does. */
  write(bytes: Uint8Array): void;
  end(): void;
}

export interface TcpHandler {
  /** All bytes not yet consumed → how many of them are consumed now. The view is not to be kept. */
  data(bytes: Uint8Array): number;
  closed?(): void;
}

export interface TcpOptions {
  /** 0: any free port. */
  readonly port: number;
  /** A connection that says nothing for this long is closed. */
  readonly idleS: number;
  /** Bytes kept while a frame is incomplete; more closes the connection. */
  readonly maxBuffer: number;
  readonly maxConnections: number;
}

export interface TcpPorts {
  /** Listens until the feed ends → the port. @throws CodedError feed/unreachable when the port is taken */
  listen(link: Link, options: TcpOptions, onConnection: (peer: TcpPeer) => TcpHandler): Promise<number>;
}

/** Answers queued for a peer that does not read; beyond this it is cut off. */
const MAX_UNSENT = 256 * 1024;

interface Connection {
  readonly socket: Socket;
  heardAt: number;
}

/** `host`: the address to bind, for example `127.0.0.1` or `::`. */
export function createTcpPorts(host: string): TcpPorts {
  return {
    async listen(link, options, onConnection) {
      const connections = new Set<Connection>();
      const server = createServer((socket) => {
        if (connections.size >= options.maxConnections) {
          link.log.warn('tcp.full', { feed: link.slug, connections: connections.size });
          socket.destroy();
          return;
        }
        const connection = { socket, heardAt: link.clock.elapsed() };
        connections.add(connection);
        serve({ link, options, onConnection }, connection);
        socket.once('close', () => connections.delete(connection));
      });
      const port = await bind(server, { host, port: options.port, slug: link.slug });
      server.on('error', (error) => link.log.error('tcp.error', { feed: link.slug, error: error.message }));
      const sweep = link.clock.every(Math.max(100, options.idleS * 250), () => {
        const oldest = link.clock.elapsed() - options.idleS * 1000;
        for (const { socket, heardAt } of connections) if (heardAt <= oldest) socket.destroy();
      });
      const close = (): void => {
        sweep.stop();
        server.close();
        for (const { socket } of connections) socket.destroy();
      };
      if (link.signal.aborted) close();
      else link.signal.addEventListener('abort', close, { once: true });
      return port;
    },
  };
}

function bind(server: Server, at: { host: string; port: number; slug: string }): Promise<number> {
  const { host, port, slug } = at;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new CodedError('feed/unreachable', `feed ${slug}: port ${port} on ${host}: ${error.message}`));
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

interface Listening {
  readonly link: Link;
  readonly options: TcpOptions;
  readonly onConnection: (peer: TcpPeer) => TcpHandler;
}

function serve({ link, options, onConnection }: Listening, connection: Connection): void {
  const { socket } = connection;
  const name = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
  socket.setNoDelay(true);
  const handler = onConnection({
    name,
    write: (bytes) => {
      if (socket.destroyed || socket.writableEnded) return;
      if (!socket.write(bytes)) socket.pause();
      if (socket.writableLength <= MAX_UNSENT) return;
      link.log.warn('tcp.unread-answers', { feed: link.slug, peer: name });
      socket.destroy();
    },
    end: () => socket.end(),
  });
  let rest: Uint8Array = new Uint8Array(0);
  socket.on('drain', () => socket.resume());
  socket.on('error', (error) =>
    link.log.debug('tcp.peer-error', { feed: link.slug, peer: name, error: error.message }),
  );
  socket.on('close', () => handler.closed?.());
  socket.on('data', (chunk: Buffer) => {
    connection.heardAt = link.clock.elapsed();
    link.contact();
    // The answers to one chunk go out together.
    socket.cork();
    try {
      rest = consume(rest, chunk, handler);
    } catch (error) {
      link.log.error('feed.fault', {
        feed: link.slug,
        peer: name,
        error: error instanceof Error ? error.stack : error,
      });
      socket.destroy();
      return;
    } finally {
      socket.uncork();
    }
    if (rest.length <= options.maxBuffer) return;
    link.log.warn('tcp.overflow', { feed: link.slug, peer: name, bytes: rest.length });
    socket.destroy();
  });
}

/** Hands over what is there; what is left is copied, so that the socket's own buffer can go. */
function consume(rest: Uint8Array, chunk: Uint8Array, handler: TcpHandler): Uint8Array {
  const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  return bytes.slice(handler.data(bytes));
}
