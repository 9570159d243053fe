// What the auditor can prove of the records: that no log was touched, and which steps of a case stand in them, by whom.
// Who, when and what was done is told; what was said is not: that is for those who handle the case.
import type { CaseStep, LogProof, Proof } from '../../contracts/records/proof.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { RecordLog, RecordStore } from '../store/port.ts';

const PREFIX = 'incident/';
const BEGINS = 'incident/report';

export interface ProofOptions {
  readonly store: Pick<RecordStore, 'audit'>;
  /** Of the live world. */
  readonly records: Pick<RecordLog, 'read'>;
  readonly now: () => number;
}

export class Proofs {
  readonly #options: ProofOptions;

  constructor(options: ProofOptions) {
    this.#options = options;
  }

  /** `no`: of a case of the live world, as people name it. @throws CodedError request/not-found; store/… */
  async prove(no: string | null): Promise<Proof> {
    const steps = no === null ? null : await this.#stepsOf(no);
    const { logs, faults } = await this.#options.store.audit();
    const proven = logs.map(({ world, entries, head, faults: own }): LogProof => ({
      ...{ world, entries, head: head.hash },
      faults: own.map(({ what, from, to }) => ({ what, from, to })),
    }));
    const holds = faults.length === 0 && proven.every(({ faults: own }) => own.length === 0);
    return { provenAt: this.#options.now(), holds, logs: proven, faults: [...faults], steps };
  }

  async #stepsOf(no: string): Promise<readonly CaseStep[]> {
    let id: number | null = null;
    const steps: CaseStep[] = [];
    for await (const entry of this.#options.records.read()) {
      if (!entry.kind.startsWith(PREFIX)) continue;
      if (id === null && begins(entry, no)) id = entry.seq;
      else if (id === null || bodyOf(entry).incident !== id) continue;
      steps.push(stepOf(entry));
    }
    if (id === null) throw new CodedError('request/not-found', `case ${no}`);
    return steps;
  }
}

interface CaseBody {
  readonly incident?: number;
  readonly happenedAt?: number;
  readonly found?: { readonly no?: string };
}
const bodyOf = ({ body }: LogEntry): CaseBody => body as CaseBody;
const begins = (entry: LogEntry, no: string): boolean =>
  entry.kind === BEGINS && bodyOf(entry).found?.no === no;

function stepOf(entry: LogEntry): CaseStep {
  const { happenedAt = entry.knownAt } = bodyOf(entry);
  const { seq, knownAt, subject: by, kind } = entry;
  return { seq, knownAt, happenedAt, by, verb: kind.slice(PREFIX.length) };
}
