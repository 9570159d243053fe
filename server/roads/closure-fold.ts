// Roads closed by hand as the fold of their entries.
import type { LonLat } from '../../contracts/column.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const closureKinds = ['road/close', 'road/open'] as const;

export interface CloseBody {
  readonly action: string;
  readonly hash: string;
  readonly ring: readonly LonLat[];
  readonly reason: string;
  readonly incident: number | null;
  readonly region: string;
  /** When it was done, epoch ms. */
  readonly at: number;
}
export interface OpenBody {
  readonly action: string;
  readonly hash: string;
  readonly closure: number;
  readonly reason: string;
  readonly at: number;
}

export interface HandClosure extends Omit<CloseBody, 'action' | 'hash'> {
  /** Sequence of its entry. */
  readonly id: number;
  readonly by: string;
}

export class ClosureFold {
  /** Those that hold, oldest first. */
  readonly closures = new Map<number, HandClosure>();
  readonly done = new Map<string, { readonly hash: string; readonly closure: number }>();

  apply({ seq, kind, subject: by, body }: Pick<LogEntry, 'seq' | 'kind' | 'subject' | 'body'>): void {
    if (kind === 'road/close') {
      const { action, hash, ...said } = body as unknown as CloseBody;
      this.done.set(action, { hash, closure: seq });
      this.closures.set(seq, { ...said, id: seq, by });
    } else if (kind === 'road/open') {
      const { action, hash, closure } = body as unknown as OpenBody;
      this.done.set(action, { hash, closure });
      this.closures.delete(closure);
    }
  }
}
