// Takes messages to their gateways: some at a time, tried again after jittered waits, a gateway that fails left alone for a
// while. What was not written down as sent is sent again, under the same once-only key.
import type { Message, MessageStep } from '../../contracts/records/message.ts';
import type { World } from '../../contracts/wire.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { requireLive } from '../kit/outbound.ts';
import type { StepBody } from './fold.ts';
import type { Gateway, Gateways, Parcel } from './port.ts';
import { Circuit, isFinal, waitAfter } from './retry.ts';

/** On their way to one gateway at once. */
const AT_ONCE = 4;
/** A message that was sent while the store was away waits so long before it is sent again. */
const UNWRITTEN_MS = 10_000;

export type Write = (step: MessageStep, body: StepBody) => Promise<void>;

export interface SenderOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly gateways: Gateways;
}

export class Sender {
  readonly #options: SenderOptions;
  readonly #circuits = new Map<string, Circuit>();
  /** Message → its gateway and its end. */
  readonly #flying = new Map<number, { readonly gateway: string; readonly end: Promise<void> }>();
  readonly #notBefore = new Map<number, number>();

  /** @throws CodedError world/not-live */
  constructor(options: SenderOptions) {
    requireLive(options.world, 'messages');
    this.#options = options;
  }

  get flying(): number {
    return this.#flying.size;
  }

  isFlying(id: number): boolean {
    return this.#flying.has(id);
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#flying.values()].map(({ end }) => end));
  }

  /** Gateway → when it is tried again, epoch ms. */
  get paused(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#circuits].flatMap(([name, { pausedUntil }]) =>
        pausedUntil === null ? [] : [[name, pausedUntil]],
      ),
    );
  }

  /** Begins to send it where its gateway has room; what comes of it is written. Never throws. */
  send(message: Message, write: Write): void {
    const { id, kind } = message;
    const now = this.#options.clock.now();
    if (this.#flying.has(id) || (this.#notBefore.get(id) ?? 0) > now) return;
    const gateway = this.#options.gateways[kind];
    const circuit = this.#circuitOf(gateway);
    const busy = [...this.#flying.values()].filter((one) => one.gateway === gateway.name).length;
    if (busy >= circuit.room(now, AT_ONCE)) return;
    const end = this.#carry(message, { gateway, circuit, write }).finally(() => this.#flying.delete(id));
    this.#flying.set(id, { gateway: gateway.name, end });
  }

  #circuitOf({ name }: Gateway): Circuit {
    const circuit = this.#circuits.get(name) ?? new Circuit(name);
    this.#circuits.set(name, circuit);
    return circuit;
  }

  async #carry(
    message: Message,
    {
      gateway,
      circuit,
      write,
    }: { readonly gateway: Gateway; readonly circuit: Circuit; readonly write: Write },
  ): Promise<void> {
    const { clock, logger, world } = this.#options;
    const { id, once, attempts } = message;
    let outcome: readonly [MessageStep, StepBody];
    try {
      requireLive(world, `message ${id}`);
      const reference = await gateway.send(parcelOf(message));
      circuit.success();
      outcome = ['send', { message: id, reference }];
    } catch (error) {
      const isOver = isFinal(error);
      if (!isOver) circuit.failure(clock.now());
      const wait = isOver ? null : waitAfter(once, attempts + 1);
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn('outbox.not-sent', { message: id, gateway: gateway.name, attempt: attempts + 1, reason });
      outcome = ['fail', { message: id, error: reason, nextAt: wait === null ? null : clock.now() + wait }];
    }
    await write(...outcome).catch((error: unknown) => {
      this.#notBefore.set(id, clock.now() + UNWRITTEN_MS);
      logger.error('outbox.not-written', { message: id, error: String(error) });
    });
  }
}

function parcelOf({ once, kind, to, text, incident, writtenAt }: Message): Parcel {
  return { key: once, kind, to: to.id, name: to.name.zh, text, incident: incident?.no ?? '', writtenAt };
}
