// What a screen of the JSON server hears: a snapshot after joining, then deltas. It acknowledges nothing.
import { monotonicMs } from '../measure.ts';
import type { JsonDelta, JsonObject } from '../rival/json-messages.ts';
import type { Dialect, Screen } from './screen.ts';
import type { SwarmEvents } from './swarm.ts';

/** Bytes that tell a snapshot from a delta and hold the tick. */
const HEAD_BYTES = 64;
const EVENT = '42';

export class JsonDialect implements Dialect {
  readonly join = '40';
  readonly #events: SwarmEvents;
  readonly #objects = new Map<string, JsonObject>();
  readonly #samples: Uint8Array[] = [];

  constructor(events: SwarmEvents) {
    this.#events = events;
  }

  wants(screen: Screen, _opcode: number, length: number): number {
    return screen.index === 0 ? length : Math.min(length, HEAD_BYTES);
  }

  text(screen: Screen, _length: number, bytes: Uint8Array): void {
    const at = monotonicMs();
    const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1');
    const [, event, tick] = /^42\["(\w+)",\{"tick":(\d+)/.exec(head) ?? [];
    if (event === undefined) return;
    if (screen.index === 0) this.#samples.push(bytes.slice());
    if (event === 'snapshot') this.#events.restored(screen, at);
    else this.#events.tick(screen, Number(tick), at);
  }

  binary(): void {
    throw new Error('the JSON server sends text');
  }

  forget(): void {
    this.#objects.clear();
  }

  applySamples(): number {
    let ms = NaN;
    for (const bytes of this.#samples.splice(0)) {
      const from = performance.now();
      const [, body] = JSON.parse(Buffer.from(bytes).toString().slice(EVENT.length)) as [string, JsonDelta];
      for (const object of body.objects) {
        const held = this.#objects.get(object.id);
        if (held) Object.assign(held, object);
        else this.#objects.set(object.id, object);
      }
      ms = performance.now() - from;
    }
    return ms;
  }

  get rows(): number {
    return this.#objects.size;
  }
}
