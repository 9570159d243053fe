// Webhooks: deliveries with a proven sender, inside the time window, each nonce once (docs/upstreams.md "Webhooks").
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Link } from './feed.ts';
import type { Logger } from './log.ts';

export interface InboxAnswer {
  readonly status: 202 | 400 | 401 | 404 | 409 | 413 | 429;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface InboxRoute {
  /** The last segment of the address, equal to the feed's slug. */
  readonly name: string;
  /** Shared secret; null refuses everything. */
  readonly key: string | null;
  /** Default 1 MiB. */
  readonly maxBytes?: number;
}

/** `false`: the body is no list of events at all (400). */
export type InboxHandler = (body: Uint8Array, receivedAt: number) => boolean;

/** Whoever reads the route: until it ends, who hears of contacts, and where refusals are told. */
export type InboxLink = Pick<Link, 'signal' | 'log' | 'contact'>;

export type InboxHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Inbox {
  /** Opens the route until the feed ends. */
  route(link: InboxLink, route: InboxRoute, handler: InboxHandler): void;
  /** One POST as the HTTP side received it; header names in lower case. Never throws. */
  deliver(name: string, headers: InboxHeaders, body: Uint8Array): InboxAnswer;
}

/** How far a sender's clock may be off, milliseconds. */
const WINDOW_MS = 5 * 60_000;
/** Nonces remembered per route; a sender that needs more inside the window is told to slow down. */
const MAX_NONCES = 20_000;
const DEFAULT_MAX_BYTES = 1024 * 1024;

interface OpenRoute {
  readonly link: InboxLink;
  readonly route: InboxRoute;
  readonly handler: InboxHandler;
  /** Nonce → when it may be forgotten, in order of arrival. */
  readonly nonces: Map<string, number>;
}

export function createInbox(clock: Clock, log: Logger): Inbox {
  const routes = new Map<string, OpenRoute>();
  return {
    route(link, route, handler) {
      if (route.key === null) log.warn('inbox.no-key', { route: route.name });
      const open = { link, route, handler, nonces: new Map<string, number>() };
      routes.set(route.name, open);
      link.signal.addEventListener('abort', () => {
        if (routes.get(route.name) === open) routes.delete(route.name);
      });
    },
    deliver(name, headers, body) {
      const open = routes.get(name);
      if (!open) return refuse(404, `there is no inbox "${name}"`);
      return accept(open, clock, { headers, body });
    },
  };
}

function accept(
  open: OpenRoute,
  clock: Clock,
  delivery: { headers: InboxHeaders; body: Uint8Array },
): InboxAnswer {
  const { headers, body } = delivery;
  const maxBytes = open.route.maxBytes ?? DEFAULT_MAX_BYTES;
  if (body.length > maxBytes) return refuse(413, `${body.length} bytes; at most ${maxBytes} are read`);
  const stamp = one(headers['x-timestamp']);
  const nonce = one(headers['x-nonce']);
  const fault = signatureFault(open, { stamp, nonce, signature: one(headers['x-signature']) }, body);
  if (fault) return unproven(open, fault);
  const now = clock.now();
  if (Math.abs(now - Number(stamp) * 1000) > WINDOW_MS) {
    return unproven(open, `X-Timestamp ${stamp} is more than 5 minutes from ${Math.floor(now / 1000)}`);
  }
  forget(open.nonces, now);
  if (open.nonces.has(nonce)) return refuse(409, `X-Nonce ${nonce} came before`);
  if (open.nonces.size >= MAX_NONCES) return refuse(429, 'too many deliveries in 5 minutes: slow down');
  // Two windows: a stamp may lie up to one window ahead of the clock and stays valid one window after it.
  open.nonces.set(nonce, now + 2 * WINDOW_MS);
  return handOver(open, body, now);
}

function handOver(open: OpenRoute, body: Uint8Array, now: number): InboxAnswer {
  open.link.contact();
  if (!open.handler(body, now)) return refuse(400, 'the body is no {"events": […]}');
  return { status: 202, body: { status: 'stored' } };
}

function unproven(open: OpenRoute, reason: string): InboxAnswer {
  open.link.log.warn('inbox.refused', { route: open.route.name, reason });
  return refuse(401, reason);
}

function refuse(status: InboxAnswer['status'], message: string): InboxAnswer {
  return { status, body: { error: message } };
}

interface Proof {
  readonly stamp: string;
  readonly nonce: string;
  readonly signature: string;
}

function signatureFault(open: OpenRoute, proof: Proof, body: Uint8Array): string | null {
  const { key } = open.route;
  if (key === null) return 'this inbox has no key: set one in the settings of its feed';
  if (!/^\d{1,12}$/.test(proof.stamp)) return 'X-Timestamp is no time in epoch seconds';
  if (proof.nonce === '' || proof.nonce.length > 100)
    return 'X-Nonce is missing or longer than 100 characters';
  const given = /^hmac-sm3=([0-9a-f]{64})$/i.exec(proof.signature)?.[1];
  if (!given) return 'X-Signature is not hmac-sm3=<64 hex digits>';
  const expected = signDelivery(key, proof, body);
  return timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(expected, 'hex'))
    ? null
    : 'X-Signature does not fit';
}

/** HMAC-SM3 over `timestamp.nonce.body` → 64 hex digits. */
export function signDelivery(key: string, proof: Pick<Proof, 'stamp' | 'nonce'>, body: Uint8Array): string {
  return createHmac('sm3', key).update(`${proof.stamp}.${proof.nonce}.`).update(body).digest('hex');
}

function forget(nonces: Map<string, number>, now: number): void {
  for (const [nonce, until] of nonces) {
    if (until > now) return;
    nonces.delete(nonce);
  }
}

function one(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
