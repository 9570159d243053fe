// Plays the past: keeps the time cursor, asks its source for what it will need, and shows what is due. It holds at most
// two stretches; a page that is slow gets more at once, never later.
import type { Stretch, StretchState } from '../../contracts/stretch.ts';
import type { Stop } from '../clock.ts';
import { cursorAt, LIVE, type Cursor, type CursorState, type CursorWish } from '../stores/cursor.ts';
import { nextSpeed, stepOf, stretchOf } from '../stores/replay-rates.ts';
import type { PastSource, StretchAsk } from './stretches.ts';

/** Between two looks at what is due, milliseconds: what moves is drawn in between, panels need no more. */
const LOOK_MS = 66;
/** So near to now is now: the server writes what it knows each second. */
const EDGE_MS = 2500;
/** Fewer milliseconds of the city are not worth a question. */
const LEAST_ASK_MS = 1000;
/** Until the next try when the server does not answer. */
const RETRY_MS = 1000;
/** Live data comes within a tick, or it was refused. */
const LIVE_RETRY_MS = 5000;
/** Messages the page may have under way. */
const MOST_UNDER_WAY = 3;

export interface Shown {
  readonly states: readonly StretchState[];
  /** The cursor does not come from before: what moves stands anew. */
  readonly isJump: boolean;
  /** Tables of before are void. */
  readonly isFresh: boolean;
  readonly cursor: Cursor;
}

export interface PlayerPorts {
  /** The server; a recording takes its place while it is open. */
  readonly history: PastSource;
  /** Local clock, epoch ms. */
  readonly now: () => number;
  readonly every: (ms: number, run: () => void) => Stop;
  readonly after: (ms: number, run: () => void) => Stop;
  /** City clock now, epoch ms. */
  readonly cityNow: () => number;
  readonly show: (shown: Shown) => void;
  readonly tell: (cursor: Cursor) => void;
  /** Live data is not wanted any more. */
  readonly leaveLive: () => void;
  /** Live data is wanted again; `arrive` is called when it is there. */
  readonly wantLive: () => void;
}

export class Player {
  private readonly ports: PlayerPorts;
  private source: PastSource;
  private cursor: Cursor = LIVE;
  /** Where people want it to be; null: it is there. */
  private goal: number | null = null;
  private queue: StretchState[] = [];
  /** The queue says everything up to here. */
  private filledTo = 0;
  /** Milliseconds between the states of the queue. */
  private queueStepMs = 0;
  private isVoid = true;
  private isLeaving = false;
  private asking: AbortController | null = null;
  private isSeeking = false;
  private underWay = 0;
  private stopLooking: Stop | null = null;
  private stopRetry: Stop | null = null;

  constructor(ports: PlayerPorts) {
    this.ports = ports;
    this.source = ports.history;
  }

  get isLive(): boolean {
    return this.cursor.state === 'live';
  }

  /** The moment the cursor stands at, epoch ms. */
  get at(): number {
    return cursorAt(this.cursor, this.ports.now());
  }

  wish(wish: CursorWish): void {
    this.cursor = { ...this.cursor, wishes: this.cursor.wishes + 1 };
    switch (wish.do) {
      case 'seek':
        return this.seek(wish.at);
      case 'play':
        return this.isLive ? undefined : this.run('replay');
      case 'pause':
        return this.isLive ? this.seek(this.ports.cityNow()) : this.run('paused');
      case 'speed':
        return this.hurry(wish.speed);
      case 'hurry':
        return this.hurry(nextSpeed(this.cursor.speed, wish.by));
      case 'step':
        return this.step(wish.byMs);
      case 'loop':
        return this.goAround(wish.range);
      case 'clock':
        return this.showBy(wish.clock);
      case 'live':
        return this.goLive();
    }
  }

  /** Shows another past from its beginning; the way back is to now. */
  open(source: PastSource): void {
    this.ports.leaveLive();
    this.rest();
    this.source = source;
    this.set({ state: 'paused', loop: null, absent: [] });
    this.seek(source.from ?? this.edge);
  }

  /** The page has taken a message. */
  applied(): void {
    this.underWay = Math.max(0, this.underWay - 1);
    if (!this.isLive && this.goal === null) this.show();
  }

  /** The tables of the page or the worker no longer fit. */
  resync(): void {
    this.isVoid = true;
    if (!this.isLive && !this.isLeaving) this.seek(this.at);
  }

  /** The first live data is there → the cursor to say with it. */
  arrive(): Cursor {
    this.rest();
    this.cursor = { ...LIVE, wishes: this.cursor.wishes };
    return this.cursor;
  }

  stop(): void {
    this.rest();
  }

  private rest(): void {
    this.stopLooking?.();
    this.stopLooking = null;
    this.tryAgain();
    this.asking?.abort();
    this.goal = null;
    this.queue = [];
    this.isVoid = true;
    this.isLeaving = false;
    this.underWay = 0;
  }

  private goLive(): void {
    if (this.isLive || this.isLeaving) return;
    this.set({ state: 'paused', isWaiting: true, loop: null });
    this.rest();
    this.source = this.ports.history;
    this.isLeaving = true;
    this.askForLive();
  }

  /** Again, should the answer get lost or be refused for a while. */
  private askForLive(): void {
    this.ports.wantLive();
    this.stopRetry = this.ports.after(LIVE_RETRY_MS, () => this.askForLive());
  }

  private goAround(range: Cursor['loop']): void {
    if (this.isLive) return;
    this.set({ loop: range && range[1] > range[0] ? range : null });
    if (this.cursor.loop && (this.at < this.cursor.loop[0] || this.at > this.cursor.loop[1]))
      this.seek(this.cursor.loop[0]);
  }

  private hurry(speed: number): void {
    this.set({ speed, stepMs: stepOf(speed) });
    // What is at hand is coarser than this speed shows.
    if (!this.isLive && stepOf(speed) < this.queueStepMs && this.queue.length > 0) this.seek(this.at);
  }

  /** The same moment by the other clock; what is on its way is of this one. */
  private showBy(clock: Cursor['clock']): void {
    if (this.isLive || this.isLeaving || clock === this.cursor.clock) return;
    const at = this.goal ?? this.at;
    this.set({ clock });
    this.asking?.abort();
    this.seek(at);
  }

  private step(byMs: number): void {
    if (this.isLive) return this.seek(this.ports.cityNow() - EDGE_MS + Math.min(0, byMs));
    const to = (this.goal ?? this.at) + byMs;
    this.run('paused');
    if (byMs > 0 && this.goal === null && to <= this.filledTo) {
      this.set({ at: to });
      this.show();
    } else this.seek(to);
  }

  private run(state: Exclude<CursorState, 'live'>): void {
    if (this.isLeaving) return;
    this.set({ state, isWaiting: this.goal !== null });
    this.stopLooking?.();
    this.stopLooking = state === 'replay' ? this.ports.every(LOOK_MS, () => this.look()) : null;
    this.fill();
  }

  private seek(at: number): void {
    if (this.isLive || this.isLeaving) this.ports.leaveLive();
    if (this.isLeaving) this.tryAgain();
    this.isLeaving = false;
    const state = this.isLive ? 'paused' : this.cursor.state;
    this.goal = Math.round(Math.max(this.source.from ?? -Infinity, Math.min(at, this.edge)));
    this.set({ state, at: this.goal, isWaiting: true, fault: '' });
    void this.seekOn();
  }

  /** One question at a time; the newest wish is asked next. */
  private async seekOn(): Promise<void> {
    if (this.isSeeking) return;
    this.isSeeking = true;
    this.tryAgain();
    this.asking?.abort();
    // What was withdrawn may have made room for another goal; what failed is tried again later.
    while (this.goal !== null && !this.stopRetry) {
      const at: number = this.goal;
      const stretch = await this.tryAsk({ from: at, to: at, stepMs: 0, isFresh: true });
      if (!stretch) continue;
      this.queue = [...stretch.states];
      this.queueStepMs = 0;
      this.filledTo = stretch.head.to;
      if (this.goal === at) this.goal = null;
      // Told with what is shown: nobody takes the tables of before for those of this moment.
      this.note({ at: this.goal ?? at, isWaiting: this.goal !== null, absent: stretch.head.absent });
      if (!this.show(true)) this.ports.tell(this.cursor);
    }
    this.isSeeking = false;
    this.fill();
  }

  private look(): void {
    if (this.goal !== null || this.isLeaving) return;
    const { loop } = this.cursor;
    const at = this.at;
    if (loop && at >= loop[1]) return this.turnBack(loop);
    if (at >= this.edge) return this.source.from === null ? this.goLive() : this.standAtEnd();
    const isShort = at >= this.filledTo;
    if (isShort !== this.cursor.isWaiting) this.set({ at: Math.min(at, this.filledTo), isWaiting: isShort });
    this.show();
    this.fill();
  }

  /** Nothing follows. */
  private standAtEnd(): void {
    const isThere = this.filledTo >= this.edge;
    // At once: it must not run on while it is stopped.
    const state = isThere ? 'paused' : this.cursor.state;
    this.set({ state, at: isThere ? this.edge : this.filledTo, isWaiting: !isThere });
    this.show();
    if (isThere) this.run('paused');
    else this.fill();
  }

  /** At the end of what is repeated, once that has been shown. */
  private turnBack([from, to]: readonly [from: number, to: number]): void {
    this.set({ at: to });
    this.show();
    this.seek(from);
  }

  /** Shows what is due at the cursor; a page that has not taken the last ones gets it with the next. → whether anything was */
  private show(isJump = false): boolean {
    if (!isJump && this.underWay >= MOST_UNDER_WAY) return false;
    const at = isJump ? this.filledTo : this.at;
    const next = this.queue.findIndex((state) => state.at > at);
    const states = next < 0 ? this.queue : this.queue.slice(0, next);
    if (states.length === 0) return false;
    this.queue = next < 0 ? [] : this.queue.slice(next);
    this.underWay += 1;
    const isFresh = this.isVoid;
    if (isFresh) this.underWay = 1;
    this.isVoid = false;
    this.ports.show({ states, isJump, isFresh, cursor: this.cursor });
    return true;
  }

  /** Asks for what comes next, where that is soon needed. */
  private fill(): void {
    const { state, speed, loop } = this.cursor;
    if (state !== 'replay' || this.asking || this.goal !== null || this.isSeeking || this.stopRetry) return;
    const span = stretchOf(speed);
    if (this.filledTo - this.at > span) return;
    const to = Math.round(Math.min(this.filledTo + span, this.edge, loop?.[1] ?? Infinity));
    const isLast = to === loop?.[1] || to === this.source.edge();
    if (to - this.filledTo >= (isLast ? 1 : LEAST_ASK_MS)) void this.fillTo(to);
  }

  private async fillTo(to: number): Promise<void> {
    const stepMs = stepOf(this.cursor.speed);
    const stretch = await this.tryAsk({ from: this.filledTo, to, stepMs, isFresh: false });
    if (!stretch || this.goal !== null) return;
    this.queue.push(...stretch.states);
    this.queueStepMs = stepMs;
    this.filledTo = stretch.head.to;
    if (stretch.head.absent.join() !== this.cursor.absent.join()) this.set({ absent: stretch.head.absent });
  }

  /** null: it did not come; where nobody withdrew it, another try follows. */
  private async tryAsk(ask: Omit<StretchAsk, 'clock'>): Promise<Stretch | null> {
    const mine = new AbortController();
    this.asking = mine;
    try {
      const stretch = await this.source.ask({ ...ask, clock: this.cursor.clock }, mine.signal);
      if (mine.signal.aborted) return null;
      if (this.cursor.fault !== '') this.set({ fault: '' });
      return stretch;
    } catch (error) {
      if (mine.signal.aborted) return null;
      this.set({ fault: error instanceof Error ? error.message : String(error) });
      this.stopRetry = this.ports.after(RETRY_MS, () => this.retry());
      return null;
    } finally {
      if (this.asking === mine) this.asking = null;
    }
  }

  /** Whatever failed before. */
  private tryAgain(): void {
    this.stopRetry?.();
    this.stopRetry = null;
  }

  private retry(): void {
    this.stopRetry = null;
    if (this.isLeaving || this.isLive) return;
    if (this.goal !== null) void this.seekOn();
    else this.fill();
  }

  private get edge(): number {
    return this.source.edge() ?? this.ports.cityNow() - EDGE_MS;
  }

  private note(change: Partial<Cursor>): void {
    this.cursor = { ...this.cursor, at: this.at, ...change, saidAt: this.ports.now() };
  }

  /** The cursor as it is from this moment on. */
  private set(change: Partial<Cursor>): void {
    this.note(change);
    if (this.cursor.state !== 'live') this.ports.tell(this.cursor);
  }
}
