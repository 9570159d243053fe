// Where data comes in from outside: the MQTT broker, the ports devices dial in to, the webhooks.
import type { ServerConfig } from '../config.ts';
import type { Clock } from '../kit/clock.ts';
import type { Inbox } from '../kit/inbox.ts';
import { createInbox } from '../kit/inbox.ts';
import type { Logger } from '../kit/log.ts';
import { startMqttBroker } from '../kit/mqtt-broker.ts';
import type { MqttServer } from '../kit/mqtt-broker.ts';
import { connectMqttBroker } from '../kit/mqtt-client.ts';
import { createTcpPorts } from '../kit/tcp-server.ts';

export interface Doors {
  readonly mqtt: MqttServer;
  readonly tcp: ReturnType<typeof createTcpPorts>;
  /** Ports devices dial in to, by feed; filled as feeds open them. */
  readonly tcpPorts: Record<string, number>;
  readonly inbox: Inbox;
}

/** @throws CodedError when a port is taken */
export async function openDoors(config: ServerConfig, clock: Clock, log: Logger): Promise<Doors> {
  const { mode: kind, port, url = '' } = config.mqtt;
  const mqtt =
    kind === 'embedded'
      ? await startMqttBroker({ host: config.host, port, clock, log })
      : connectMqttBroker({ url, clock, log, clientId: `cockpit-${config.city}` });
  const tcp = createTcpPorts(config.host);
  const tcpPorts: Record<string, number> = {};
  const named: Doors['tcp'] = {
    async listen(link, options, onConnection) {
      const opened = await tcp.listen(link, options, onConnection);
      tcpPorts[link.slug.includes('hj212') ? 'hj212' : link.slug] = opened;
      return opened;
    },
  };
  return { mqtt, tcp: named, tcpPorts, inbox: createInbox(clock, log) };
}
