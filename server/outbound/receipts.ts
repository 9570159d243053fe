// Receipts of gateways: signed as every webhook is, answered when they are durable.
import { CodedError } from '../../contracts/errors.ts';
import { receiptsSchema } from '../../contracts/records/message.ts';
import type { Clock } from '../kit/clock.ts';
import { createInbox } from '../kit/inbox.ts';
import type { Logger } from '../kit/log.ts';
import type { OutboxBook } from './outbox.ts';
import type { Receipt, Receipts } from './port.ts';

const NAME = 'receipts';
const MAX_BYTES = 256 * 1024;

export interface ReceiptParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** null: none are taken. */
  readonly key: string | null;
  readonly book: Pick<OutboxBook, 'receive'>;
}

export function createReceipts({ clock, logger, key, book }: ReceiptParts): Receipts {
  const inbox = createInbox(clock, logger);
  let taken: readonly Receipt[] = [];
  const read = (body: Uint8Array): boolean => {
    const parsed = receiptsSchema.safeParse(jsonOf(body));
    taken = parsed.success ? parsed.data.events : [];
    return parsed.success;
  };
  const link = { signal: new AbortController().signal, log: logger, contact: () => undefined };
  if (key !== null) inbox.route(link, { name: NAME, key, maxBytes: MAX_BYTES }, read);
  return {
    async deliver(headers, body) {
      if (key === null)
        throw new CodedError('request/unavailable', 'receipts: outbound.receiptKeyEnv names no key');
      // What it proves and what it holds are known at once: nothing else runs between these two lines.
      const answer = inbox.deliver(NAME, headers, body);
      const receipts = taken;
      if (answer.status !== 202) return answer;
      return { status: 202, body: await book.receive(receipts) };
    },
  };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
