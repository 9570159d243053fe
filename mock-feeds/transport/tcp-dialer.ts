// A TCP connection a device opens by itself and opens again for ever: the server may be down and come back.
import { connect, type Socket } from 'node:net';

export interface Dialer {
  /** False while there is no connection or the peer does not read (the message is then lost, as on a device). */
  send(bytes: Buffer): boolean;
  readonly connected: boolean;
  /** Nothing said is still here, and the first dialling has ended well or badly. */
  readonly settled: boolean;
  /** Breaks the connection; it is dialled again with back-off. */
  redial(): void;
  stop(): void;
}

export interface DialerOptions {
  host: string;
  port: number;
  onUp: () => void;
  onDown: () => void;
  onBytes: (chunk: Buffer) => void;
  /** 0…1, spreads the redialling of many devices. */
  jitter: number;
}

const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 15_000;
/** A peer that does not read this much: the device drops what it would send. */
const MAX_UNREAD = 1_000_000;

/** What is said in one turn goes out together. */
function gather(socket: Socket): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  process.nextTick(() => socket.uncork());
}

export function createDialer(options: DialerOptions): Dialer {
  let socket: Socket | null = null;
  let up = false;
  let dialled = false;
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  const dial = (): void => {
    if (stopped) return;
    const fresh = connect({ host: options.host, port: options.port, noDelay: true });
    socket = fresh;
    fresh.setKeepAlive(true, 30_000);
    fresh.on('connect', () => {
      up = true;
      dialled = true;
      waitMs = FIRST_WAIT_MS;
      options.onUp();
    });
    fresh.on('data', options.onBytes);
    fresh.on('error', () => fresh.destroy());
    fresh.on('close', () => {
      if (up) options.onDown();
      up = false;
      dialled = true;
      if (stopped) return;
      timer = setTimeout(dial, waitMs * (0.5 + options.jitter));
      waitMs = Math.min(LAST_WAIT_MS, waitMs * 2);
    });
  };
  timer = setTimeout(dial, 20 + options.jitter * 800);
  return {
    send: (bytes) => {
      if (!up || socket === null || socket.writableLength > MAX_UNREAD) return false;
      gather(socket);
      socket.write(bytes);
      return true;
    },
    get connected() {
      return up;
    },
    get settled() {
      return up ? socket?.writableLength === 0 : dialled;
    },
    redial: () => socket?.destroy(),
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      socket?.destroy();
    },
  };
}
