// Pushes events to the server's inbox, signed, in order per feed, and again after a failure with the same event ids.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Clock } from '../engine/clock.ts';
import { signature } from '../protocols/webhook-signature.ts';
import type { Outlet } from './outlet.ts';

export interface WebhookSender {
  /** Queues events; those queued within a moment go together. */
  push(feed: string, events: readonly object[]): void;
  waiting(): number;
  stop(): void;
}

export interface WebhookOptions {
  /** Base of the inbox; the feed's name is appended. */
  url: string;
  key: string;
  /** Seconds between the tries of one delivery; the last one repeats. */
  retryS: readonly number[];
  /** Wall clock of the signature, epoch ms: the server compares it with its own. */
  wall: () => number;
}

const TIMEOUT_MS = 5_000;
const MAX_EVENTS = 200;
/** The oldest deliveries are given up beyond this many. */
const MAX_QUEUE = 2_000;
interface Delivery {
  events: readonly object[];
  tries: number;
}

export function createWebhookSender(clock: Clock, outlet: Outlet, options: WebhookOptions): WebhookSender {
  const queues = new Map<string, Delivery[]>();
  const busy = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  const later = (feed: string, seconds: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      busy.delete(feed);
      drain(feed);
    }, seconds * 1000);
    timers.add(timer);
  };

  const post = (feed: string, body: Buffer, done: (status: number) => void): void => {
    const timestamp = String(Math.floor(options.wall() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const signed = signature(options.key, { timestamp, nonce, body });
    const sent = outlet.faults.bytes(feed, body);
    outlet.count(feed, { records: 0, bytes: sent.length });
    const call = request(`${options.url}/${feed}`, {
      method: 'POST',
      timeout: TIMEOUT_MS,
      headers: {
        'content-type': 'application/json',
        'content-length': sent.length,
        'x-timestamp': timestamp,
        'x-nonce': nonce,
        'x-signature': signed,
      },
    });
    let told = false;
    const tell = (status: number): void => {
      if (!told) done(status);
      told = true;
    };
    call.on('response', (response) => {
      response.resume();
      tell(response.statusCode ?? 0);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => tell(0));
    call.on('close', () => tell(0));
    call.end(sent);
  };

  const drain = (feed: string): void => {
    const queue = queues.get(feed);
    const delivery = queue?.[0];
    if (stopped || busy.has(feed) || queue === undefined || delivery === undefined) return;
    busy.add(feed);
    const events = outlet.faults.records(feed, delivery.events);
    post(feed, Buffer.from(JSON.stringify({ events })), (status) => {
      const delivered = (status >= 200 && status < 300) || status === 409;
      // A body the receiver will never take is not sent again.
      if (delivered || status === 400 || status === 413) {
        if (delivered) outlet.count(feed, { records: events.length, bytes: 0 });
        else outlet.drop(feed);
        queue.shift();
        busy.delete(feed);
        drain(feed);
        return;
      }
      const wait = options.retryS[Math.min(delivery.tries, options.retryS.length - 1)] ?? 60;
      delivery.tries += 1;
      later(feed, wait);
    });
  };

  return {
    push: (feed, events) => {
      const { stopped: silent, delayMs } = outlet.faults.transport(feed);
      if (silent) return outlet.drop(feed);
      const queue = queues.get(feed) ?? [];
      queues.set(feed, queue);
      for (let i = 0; i < events.length; i += MAX_EVENTS)
        queue.push({ events: events.slice(i, i + MAX_EVENTS), tries: 0 });
      while (queue.length > MAX_QUEUE) {
        queue.splice(1, 1);
        outlet.drop(feed);
      }
      if (delayMs > 0) clock.at(clock.now() + delayMs, () => drain(feed));
      else drain(feed);
    },
    waiting: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
