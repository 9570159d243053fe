// The outbox of one world, wired: what incidents do, the words of the city, and the gateways of the settings, which the live
// world alone is given.
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { World } from '../../contracts/wire.ts';
import type { ServerConfig } from '../config.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { createFileGateway } from '../outbound/file-gateway.ts';
import { createSmsGateway, createWebhookGateway } from '../outbound/http-gateway.ts';
import { OutboxBook } from '../outbound/outbox.ts';
import type { Gateway, Gateways, IncidentSource, Receipts } from '../outbound/port.ts';
import { createReceipts } from '../outbound/receipts.ts';
import { Sender } from '../outbound/sender.ts';
import type { RecordLog } from '../store/port.ts';

export interface WorldOutbox {
  readonly book: OutboxBook;
  readonly receipts: Receipts;
}

interface OutboxParts {
  readonly city: City;
  readonly facts: World;
  /** As they hold in this world. */
  readonly config: ServerConfig;
  /** Folder of everything the world keeps. */
  readonly root: string;
  readonly records: RecordLog;
  readonly incidents: IncidentSource;
  readonly clock: Clock;
  readonly log: Logger;
}

const NOT_LIVE: Readonly<Record<Exclude<World['kind'], 'live'>, Title>> = {
  drill: title('演练：消息只记录，不外发', 'A drill: messages are written down, and none leaves'),
  demo: title('演示：消息只记录，不外发', 'A demonstration: messages are written down, and none leaves'),
  recording: title('回放：消息不外发', 'A recording: no message leaves'),
  branch: title('推演：消息只记录，不外发', 'A branch: messages are written down, and none leaves'),
};

/** Why no message leaves; null: they do. The live world of a demonstration shows invented data: nobody is to act on it. */
function withheldBecause({ kind }: World, { demo }: ServerConfig): Title | null {
  if (kind !== 'live') return NOT_LIVE[kind];
  return demo ? NOT_LIVE.demo : null;
}

/** Folds the log of records. @throws CodedError store/… */
export async function outboxOf(parts: OutboxParts): Promise<WorldOutbox> {
  const { facts, config, records, incidents, clock, log } = parts;
  const { profile, systems, outbound: rules } = parts.city;
  const withheld = withheldBecause(facts, config);
  const sender = withheld
    ? null
    : new Sender({ world: facts, clock, logger: log, gateways: gatewaysOf(parts) });
  const city = { title: profile.title, timeZone: profile.timeZone, code: profile.code, systems };
  const book = new OutboxBook({
    ...{ log: records, clock, logger: log, incidents, rules, city, sender, withheld },
  });
  await book.open();
  const key = withheld ? null : config.outbound.receiptKey;
  return { book, receipts: createReceipts({ clock, logger: log, key, book }) };
}

function gatewaysOf({ config, root, clock }: OutboxParts): Gateways {
  const { reply, notice, push, statement, webhook, sms, ...settings } = config.outbound;
  const common = { ...settings, clock };
  const of: Readonly<Record<'file' | 'webhook' | 'sms', () => Gateway>> = {
    file: () => createFileGateway(path.join(root, 'outbox')),
    // The settings were checked for these when they were read.
    webhook: () =>
      createWebhookGateway({ ...common, url: webhook.url ?? null, key: settings.webhookKey ?? '' }),
    sms: () =>
      createSmsGateway({
        ...{ ...common, ...sms, url: sms.url ?? '', token: settings.smsToken ?? '' },
      }),
  };
  const made = new Map<string, Gateway>();
  const gateway = (name: 'file' | 'webhook' | 'sms'): Gateway => {
    const found = made.get(name) ?? of[name]();
    made.set(name, found);
    return found;
  };
  return {
    ...{ reply: gateway(reply), notice: gateway(notice), push: gateway(push) },
    statement: gateway(statement),
  };
}
