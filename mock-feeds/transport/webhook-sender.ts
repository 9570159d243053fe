// Pushes events to the server's inbox, signed, in order per feed, and again after a failure with the same event ids.
// A feed with nothing to tell says so once a minute with an empty list: its silence is then heard.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Clock } from '../engine/clock.ts';
import type { WireTime } from '../engine/wire-time.ts';
import { signature } from '../protocols/webhook-signature.ts';
import type { Outlet } from './outlet.ts';

export interface WebhookSender {
  /** Queues events; those queued within a moment go together. */
  push(feed: string, events: readonly object[]): void;
  /** Keeps a feed alive between its events. */
  keepAlive(feed: string): void;
  waiting(): number;
  /** No delivery waits for the answer to its first try. */
  readonly settled: boolean;
  stop(): void;
}

export interface WebhookOptions {
  /** Base of the inbox; the feed's name is appended. */
  url: string;
  key: string;
  /** Seconds between the tries of one delivery; the last one repeats. */
  retryS: readonly number[];
}

/** What the sender lives by. `wire`: time of the signature, which the server compares with its own. */
export interface WebhookWorld {
  clock: Clock;
  wire: WireTime;
  outlet: Outlet;
}

const TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 60_000;
const MAX_EVENTS = 200;
/** The oldest deliveries are given up beyond this many. */
const MAX_QUEUE = 2_000;
interface Delivery {
  events: readonly object[];
  tries: number;
}

class SignedSender implements WebhookSender {
  private readonly clock: Clock;
  private readonly wire: WireTime;
  private readonly outlet: Outlet;
  private readonly options: WebhookOptions;
  private readonly queues: Map<string, Delivery[]>;
  private readonly busy: Set<string>;
  private readonly timers: Set<NodeJS.Timeout>;
  private readonly stopBeats: (() => void)[];
  private stopped: boolean;

  constructor({ clock, wire, outlet }: WebhookWorld, options: WebhookOptions) {
    this.clock = clock;
    this.wire = wire;
    this.outlet = outlet;
    this.options = options;
    this.queues = new Map<string, Delivery[]>();
    this.busy = new Set<string>();
    this.timers = new Set<NodeJS.Timeout>();
    this.stopBeats = [];
    this.stopped = false;
  }

  private readonly later = (feed: string, seconds: number): void => {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.busy.delete(feed);
      this.drain(feed);
    }, seconds * 1000);
    this.timers.add(timer);
  };

  private readonly post = (feed: string, body: Buffer, done: (status: number) => void): void => {
    const timestamp = String(Math.floor(this.wire.now() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const signed = signature(this.options.key, { timestamp, nonce, body });
    const sent = this.outlet.faults.bytes(feed, body);
    this.outlet.count(feed, { records: 0, bytes: sent.length });
    const call = request(`${this.options.url}/${feed}`, {
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

  private readonly drain = (feed: string): void => {
    const queue = this.queues.get(feed);
    const delivery = queue?.[0];
    if (this.stopped || this.busy.has(feed) || queue === undefined || delivery === undefined) return;
    this.busy.add(feed);
    const events = this.outlet.faults.records(feed, delivery.events);
    this.post(feed, Buffer.from(JSON.stringify({ events })), (status) => {
      const delivered = (status >= 200 && status < 300) || status === 409;
      // A body the receiver will never take is not sent again.
      if (delivered || status === 400 || status === 413) {
        if (delivered) this.outlet.count(feed, { records: events.length, bytes: 0 });
        else this.outlet.drop(feed);
        queue.shift();
        this.busy.delete(feed);
        this.drain(feed);
        return;
      }
      const wait = this.options.retryS[Math.min(delivery.tries, this.options.retryS.length - 1)] ?? 60;
      delivery.tries += 1;
      this.later(feed, wait);
    });
  };

  private readonly enqueue = (feed: string, events: readonly object[]): void => {
    const queue = this.queues.get(feed) ?? [];
    this.queues.set(feed, queue);
    queue.push({ events, tries: 0 });
    while (queue.length > MAX_QUEUE) {
      queue.splice(1, 1);
      this.outlet.drop(feed);
    }
    const { delayMs } = this.outlet.faults.transport(feed);
    if (delayMs > 0) this.clock.at(this.clock.now() + delayMs, () => this.drain(feed));
    else this.drain(feed);
  };

  readonly push: WebhookSender['push'] = (feed, events) => {
    if (this.outlet.faults.transport(feed).stopped) return this.outlet.drop(feed);
    for (let i = 0; i < events.length; i += MAX_EVENTS) this.enqueue(feed, events.slice(i, i + MAX_EVENTS));
  };

  readonly keepAlive: WebhookSender['keepAlive'] = (feed) => {
    const beat = (): void => {
      if ((this.queues.get(feed)?.length ?? 0) > 0 || this.outlet.faults.transport(feed).stopped) return;
      this.enqueue(feed, []);
    };
    this.stopBeats.push(this.wire.every(KEEP_ALIVE_MS, beat));
    beat();
  };

  readonly waiting: WebhookSender['waiting'] = () =>
    [...this.queues.values()].reduce((sum, queue) => sum + queue.length, 0);

  get settled(): boolean {
    return [...this.busy].every((feed) => (this.queues.get(feed)?.[0]?.tries ?? 1) > 0);
  }

  readonly stop: WebhookSender['stop'] = () => {
    this.stopped = true;
    for (const stopBeat of this.stopBeats) stopBeat();
    for (const timer of this.timers) clearTimeout(timer);
  };
}

export function createWebhookSender(world: WebhookWorld, options: WebhookOptions): WebhookSender {
  return new SignedSender(world, options);
}
