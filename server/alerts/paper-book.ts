// What a rule would have said, kept on paper: the engine's book of a test, without log, rows and people.
import type { ClearReason } from '../../contracts/records/alert.ts';
import type { BookPort } from './engine.ts';
import type { Firing } from './back-test.ts';
import type { Held, RaiseBody } from './fold.ts';
import { AlertFold } from './fold.ts';
import { levelOf } from './level.ts';

type Kept = { -readonly [K in keyof Firing]: Firing[K] };

export class PaperBook implements BookPort {
  /** Oldest first. */
  readonly firings: Kept[] = [];
  /** The moment it is, epoch ms. */
  at = 0;
  readonly #fold = new AlertFold();
  readonly #kept = new Map<string, Kept>();

  find(cause: string): Held | null {
    return this.#fold.byCause.get(cause) ?? null;
  }

  standing(): readonly Held[] {
    return [...this.#fold.open.values()];
  }

  raise(found: Omit<RaiseBody, 'id'>): Held {
    const id = String(this.firings.length);
    const { severity, layer, key, region, title, value, limit } = found;
    const firing = {
      at: this.at,
      until: null,
      severity,
      layer,
      key,
      region,
      title,
      value,
      limit,
      signals: 1,
    };
    this.firings.push(firing);
    this.#kept.set(id, firing);
    const [held] = this.#fold.apply({
      kind: 'alert/raise',
      subject: 'test',
      at: this.at,
      body: { ...found, id },
    });
    return held as Held;
  }

  change(held: Held, to: Pick<RaiseBody, 'severity' | 'value' | 'limit' | 'title' | 'alarm'>): void {
    const firing = this.#kept.get(held.id);
    if (firing && levelOf(to.severity) > levelOf(firing.severity)) {
      firing.severity = to.severity;
      firing.value = to.value;
      firing.limit = to.limit;
    }
    this.#fold.apply({ kind: 'alert/change', subject: 'test', at: this.at, body: { id: held.id, ...to } });
  }

  clear(held: Held, why: ClearReason): void {
    const firing = this.#kept.get(held.id);
    if (firing) firing.until = this.at;
    this.#kept.delete(held.id);
    this.#fold.apply({ kind: 'alert/clear', subject: 'test', at: this.at, body: { id: held.id, why } });
  }

  touch(held: Held): void {
    const firing = this.#kept.get(held.id);
    if (firing) firing.signals = Math.max(firing.signals, held.members.size);
  }

  orphan(): void {
    // Nothing outlives a test.
  }

  hasOrphans(): boolean {
    return false;
  }

  adopt(): null {
    return null;
  }

  suppressedLevel(): number {
    return 0;
  }

  tick(): void {
    // Nobody shelves anything on paper.
  }
}
