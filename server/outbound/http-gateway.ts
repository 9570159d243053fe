// Gateways that are asked over HTTP: a webhook signed as the city's own are, and an SMS gateway whose fields the settings
// name. Only hosts of the settings, one try within its time, a short answer, no redirects; no secret in any message.
import { randomUUID } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock } from '../kit/clock.ts';
import { signDelivery } from '../kit/inbox.ts';
import type { Gateway, Parcel } from './port.ts';

/** An answer says that it was taken, and under which number. */
const MAX_ANSWER = 64 * 1024;
const MAX_REFERENCE = 200;

export interface HttpSettings {
  readonly clock: Clock;
  /** `host` or `host:port`, as in an address. */
  readonly hosts: readonly string[];
  readonly timeoutS: number;
  /** Recipient → address or number. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface WebhookSettings extends HttpSettings {
  /** For recipients without an address of their own. */
  readonly url: string | null;
  readonly key: string;
}

export interface SmsSettings extends HttpSettings {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token: string;
  /** Names of the gateway's own fields. */
  readonly fields: { readonly to: string; readonly text: string; readonly key: string };
  /** Where its answer says its own number: names with dots between. */
  readonly reference: string;
}

/** Body: the parcel. Headers as POST /inbox asks of others: X-Timestamp, X-Nonce, X-Signature (HMAC-SM3). */
export function createWebhookGateway(settings: WebhookSettings): Gateway {
  const { clock, key, addresses } = settings;
  return {
    name: 'webhook',
    send(parcel) {
      const url = addresses[parcel.to] ?? settings.url;
      if (url === null) return Promise.reject(new CodedError('outbound/address', `webhook: ${parcel.to}`));
      const body = Buffer.from(JSON.stringify(parcel));
      const proof = { stamp: String(Math.floor(clock.now() / 1000)), nonce: randomUUID() };
      const headers = {
        'x-timestamp': proof.stamp,
        'x-nonce': proof.nonce,
        'x-signature': `hmac-sm3=${signDelivery(key, proof, body)}`,
      };
      return post(settings, parcel, { url, body, headers, reference: 'id' });
    },
  };
}

export function createSmsGateway(settings: SmsSettings): Gateway {
  const { addresses, fields, token, url, reference } = settings;
  return {
    name: 'sms',
    send(parcel) {
      const number = addresses[parcel.to];
      if (number === undefined)
        return Promise.reject(new CodedError('outbound/address', `sms: ${parcel.to}`));
      const said = { [fields.to]: number, [fields.text]: parcel.text, [fields.key]: parcel.key };
      const headers = { authorization: `Bearer ${token}` };
      return post(settings, parcel, { url, body: Buffer.from(JSON.stringify(said)), headers, reference });
    },
  };
}

interface Request {
  readonly url: string;
  readonly body: Buffer<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
  readonly reference: string;
}

/** → what its answer calls it; '' where it says nothing. @throws CodedError outbound/… */
async function post(
  { clock, hosts, timeoutS }: HttpSettings,
  { key }: Parcel,
  { url, body, headers, reference }: Request,
): Promise<string> {
  const address = URL.parse(url);
  if (!address || !/^https?:$/.test(address.protocol) || !hosts.includes(address.host))
    throw new CodedError('outbound/host', address?.host ?? 'no address');
  // Secrets may stand in user, password or query.
  const where = `${address.origin}${address.pathname}`;
  const abort = new AbortController();
  const timer = clock.after(timeoutS * 1000, () => abort.abort());
  try {
    const answer = await fetch(address, {
      ...{ method: 'POST', body, redirect: 'error', signal: abort.signal },
      headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new CodedError(codeOf(answer.status), `${where}: status ${answer.status}`);
    }
    return referenceIn(await readShort(answer), reference);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (abort.signal.aborted)
      throw new CodedError('outbound/timeout', `${where}: nothing whole within ${timeoutS} s`);
    throw new CodedError('outbound/unreachable', `${where}: ${reasonOf(error)}`);
  } finally {
    timer.stop();
  }
}

/** Of the client's errors only these are worth another try. */
const codeOf = (status: number): 'outbound/refused' | 'outbound/status' =>
  status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
    ? 'outbound/refused'
    : 'outbound/status';

/** What is longer says nothing we need: the message was taken all the same. */
async function readShort(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > MAX_ANSWER) return '';
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function referenceIn(text: string, at: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '';
  }
  for (const name of at.split('.'))
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, MAX_REFERENCE) : '';
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as {
    readonly message?: string;
    readonly cause?: { readonly code?: string };
  };
  return cause?.code ?? message ?? String(error);
}
