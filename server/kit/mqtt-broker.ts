// The embedded MQTT broker: devices of the city connect to the server itself.
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { Aedes } from 'aedes';
import type { AedesPublishPacket } from 'aedes';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';
import { MQTT_MAX_PAYLOAD, topicMatches } from './mqtt.ts';
import type { Mqtt } from './mqtt.ts';
import { limitPackets } from './mqtt-packet-limit.ts';

export interface BrokerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Who may connect and publish; absent: everybody who reaches the port. */
  readonly account?: { readonly user: string; readonly password: string };
  /** Default 5000. */
  readonly maxConnections?: number;
}

export interface MqttServer extends Mqtt {
  /** 0 for an external broker. */
  readonly port: number;
  stop(): Promise<void>;
}

/** Topic, properties and headers beside the payload. */
const PACKET_OVERHEAD = 1024;

/** @throws CodedError feed/unreachable when the port is taken */
export async function startMqttBroker(options: BrokerOptions): Promise<MqttServer> {
  const { clock, log } = options;
  const broker = await Aedes.createBroker({ maxClientsIdLength: 128 });
  guard(broker, options);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    if (sockets.size >= (options.maxConnections ?? 5000)) {
      log.warn('mqtt.full', { connections: sockets.size });
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', (error) => log.debug('mqtt.socket', { error: error.message }));
    broker.handle(bounded(socket, log));
  });
  const port = await bind(server, options);
  return {
    port,
    subscribe(link, filter, onMessage) {
      const deliver = (packet: AedesPublishPacket, done: () => void): void => {
        const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
        link.contact();
        if (topicMatches(filter, packet.topic) && payload.length <= MQTT_MAX_PAYLOAD) {
          onMessage({ topic: packet.topic, payload, retained: packet.retain, receivedAt: clock.now() });
        }
        done();
      };
      link.signal.addEventListener('abort', () => broker.unsubscribe(filter, deliver, () => {}), {
        once: true,
      });
      return new Promise((resolve) => broker.subscribe(filter, deliver, resolve));
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };
}

/** Nobody but the broker itself writes under $, nobody sends more than a device may, nobody reads. */
function guard(broker: Aedes, options: BrokerOptions): void {
  const { log, account } = options;
  broker.authorizePublish = (client, packet, done) => {
    if (packet.topic.startsWith('$')) return done(new Error('topics under $ are the broker’s own'));
    const size = packet.payload.length;
    // Feeds see every message as it comes: keeping last values would only let the broker's memory grow.
    packet.retain = false;
    if (size <= MQTT_MAX_PAYLOAD) return done(null);
    log.warn('mqtt.too-large', { client: client?.id, topic: packet.topic, bytes: size });
    done(new Error(`payload of ${size} bytes: at most ${MQTT_MAX_PAYLOAD}`));
  };
  // Devices report here and read nothing: a granted subscription could queue without end for who is away.
  broker.authorizeSubscribe = (_client, _subscription, done) => done(null, null);
  if (account) {
    broker.authenticate = (...[, user, password, done]) => {
      done(null, user === account.user && password?.toString() === account.password);
    };
  }
  broker.on('clientError', (client, error) =>
    log.debug('mqtt.client', { client: client.id, error: error.message }),
  );
  broker.on('connectionError', (_client, error) => log.debug('mqtt.connection', { error: error.message }));
}

/** The socket behind a gate that refuses long packets before they are buffered. */
function bounded(socket: Socket, log: Logger): Duplex {
  const gate = limitPackets(MQTT_MAX_PAYLOAD + PACKET_OVERHEAD);
  gate.on('error', (error) => {
    if (error instanceof CodedError)
      log.warn('mqtt.packet-refused', { peer: socket.remoteAddress, error: error.message });
    socket.destroy();
  });
  socket.once('close', () => gate.destroy());
  answerTogether(socket);
  return Duplex.from({ readable: socket.pipe(gate), writable: socket });
}

/** Each message is acknowledged: what answers one chunk of them leaves in one write. */
function answerTogether(socket: Socket): void {
  let isCorked = false;
  socket.on('data', () => {
    if (isCorked) return;
    isCorked = true;
    socket.cork();
    setImmediate(() => {
      isCorked = false;
      socket.uncork();
    });
  });
}

function bind(server: Server, { host, port }: BrokerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new CodedError('feed/unreachable', `MQTT broker: port ${port} on ${host}: ${error.message}`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
