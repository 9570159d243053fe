// What the auditor gets when they prove the records: every log read from its first entry, and the steps of one case.
import type { LogEntry } from './log-entry.ts';

export interface LogProof {
  /** Name of the log: live, audit, accounts, or a world of its own. */
  readonly world: string;
  readonly entries: number;
  /** SHA-256 of its last entry, hex. */
  readonly head: string;
  /** What was done to it; empty: it holds. */
  readonly faults: readonly {
    readonly what: 'edited' | 'removed' | 'reordered' | 'truncated' | 'unanchored' | 'damaged' | 'evidence';
    /** First and last sequence it is about; 0: not about entries. */
    readonly from: number;
    readonly to: number;
  }[];
}

/** One entry of a case: who did what and when, without what was said. */
export interface CaseStep extends Pick<LogEntry, 'seq' | 'knownAt'> {
  /** When it was done, as who did it says; epoch ms. */
  readonly happenedAt: number;
  readonly by: string;
  /** A verb of incidents, or task-<verb> of tasks. */
  readonly verb: string;
}

export interface Proof {
  /** Epoch ms. */
  readonly provenAt: number;
  readonly holds: boolean;
  readonly logs: readonly LogProof[];
  /** Of the engine itself, in words. */
  readonly faults: readonly string[];
  /** In the order of the log; null: no case was named. */
  readonly steps: readonly CaseStep[] | null;
}
