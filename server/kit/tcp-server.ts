// What feeds see of TCP: ports that devices dial in to.
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
