// Plays a driven world at a speed: takes as many steps as the clock on the wall asks for, or hurries to a moment.
import type { Clock, Timer } from '../kit/clock.ts';

/** Between two looks at the clock on the wall. */
const LOOK_MS = 250;
/** Shortest step: the clock of the world stands at multiples of it. */
const QUANTUM_MS = 125;
/** Longest step: sources that speak every five seconds do not look late, and device clocks not wrong. */
const MAX_STEP_MS = 10_000;
/** A seek skims over what lies further ahead than this, and goes closely then: people see how it came. */
const CLOSELY_MS = 1_200_000;
/** Of skimming: rivers go in steps of five minutes. */
const SKIM_MS = 300_000;
/** A machine that is further behind than this, on the wall, does not try to catch up: it goes on from where it is. */
const BEHIND_MS = 2000;

export interface PlayerOptions {
  /** Epoch ms; null: it goes on until it is ended. */
  readonly endAt: number | null;
  readonly speed: number;
  readonly paused: boolean;
  readonly wall: Clock;
  /** Epoch ms on the clock of the world. */
  readonly now: () => number;
  /** `isSkimmed`: a long step, of which nobody sees the middle. */
  readonly step: (ms: number, isSkimmed: boolean) => Promise<void>;
  /** It goes otherwise than before: paused, sought, ended. */
  readonly onTurn: () => void;
  readonly onFault: (reason: string) => void;
}

export type PlayerState = 'running' | 'paused' | 'seeking' | 'ended';

export class Player {
  readonly #options: PlayerOptions;
  #speed: number;
  #isPaused: boolean;
  /** Epoch ms on the clock of the world; null: nowhere in particular. */
  #seekTo: number | null = null;
  /** A moment on the wall and where the world stood then. */
  #anchor: { readonly wallMs: number; readonly at: number };
  #wake: (() => void) | null = null;
  #wait: Timer | null = null;
  #isStopped = false;
  #running: Promise<void> | null = null;
  #said: PlayerState = 'running';

  constructor(options: PlayerOptions) {
    this.#options = options;
    this.#speed = options.speed;
    this.#isPaused = options.paused;
    this.#anchor = { wallMs: options.wall.elapsed(), at: options.now() };
  }

  get state(): PlayerState {
    const { endAt, now } = this.#options;
    if (this.#seekTo !== null) return 'seeking';
    if (endAt !== null && now() >= endAt) return 'ended';
    return this.#isPaused ? 'paused' : 'running';
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** `undefined` leaves it as it is. */
  set({
    speed,
    paused,
  }: {
    readonly speed?: number | undefined;
    readonly paused?: boolean | undefined;
  }): void {
    this.#speed = speed ?? this.#speed;
    this.#isPaused = paused ?? this.#isPaused;
    this.#turn();
  }

  /** Hurries forward to a moment, then goes on as before. */
  seek(at: number): void {
    this.#seekTo = at;
    this.#turn();
  }

  /** Resolves when no step is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#wakeUp();
    await this.#running;
  }

  #turn(): void {
    this.#anchor = { wallMs: this.#options.wall.elapsed(), at: this.#options.now() };
    this.#wakeUp();
    this.#tell();
  }

  #tell(): void {
    this.#said = this.state;
    this.#options.onTurn();
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isStopped) {
        if (this.#seekTo !== null && this.#options.now() >= this.#seekTo) {
          this.#seekTo = null;
          this.#turn();
        }
        if (this.state !== this.#said) this.#tell();
        const ms = this.#due();
        if (ms > 0) await this.#options.step(ms, ms > MAX_STEP_MS);
        else await this.#rest();
      }
    } catch (error) {
      if (!this.#isStopped) this.#options.onFault(error instanceof Error ? error.message : String(error));
    }
  }

  /** Milliseconds of the world that are to pass now. */
  #due(): number {
    const { wall, endAt, now } = this.#options;
    const at = now();
    if (this.#seekTo !== null) return seekStep(this.#seekTo - at);
    if (this.state !== 'running') return 0;
    const wallMs = wall.elapsed();
    const target = this.#anchor.at + (wallMs - this.#anchor.wallMs) * this.#speed;
    if (target - at > BEHIND_MS * this.#speed) this.#anchor = { wallMs, at };
    const ms = Math.floor((target - at) / QUANTUM_MS) * QUANTUM_MS;
    return Math.min(MAX_STEP_MS, ms, endAt === null ? Infinity : endAt - at);
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#wait = this.#options.wall.after(LOOK_MS, () => this.#wakeUp());
    });
  }

  #wakeUp(): void {
    this.#wait?.stop();
    this.#wake?.();
    this.#wake = null;
  }
}

/** Milliseconds of the next step to a moment that is `leftMs` away. */
function seekStep(leftMs: number): number {
  const skimmable = Math.min(SKIM_MS, leftMs - CLOSELY_MS);
  return skimmable > MAX_STEP_MS ? skimmable : Math.min(MAX_STEP_MS, leftMs);
}
