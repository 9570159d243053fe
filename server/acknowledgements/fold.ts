// Acknowledgements as the fold of their entries: pure.
import type { AckAnswer, Acknowledgement } from '../../contracts/records/acknowledgement.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export const ASK = 'ack/ask';
export const ANSWER = 'ack/answer';
export const ESCALATE = 'ack/escalate';
export const END = 'ack/end';
export const ackKinds: readonly string[] = [ASK, ANSWER, ESCALATE, END];

export type AskBody = Pick<Acknowledgement, 'subject' | 'of' | 'title' | 'severity' | 'dueAt' | 'asked'>;
export interface AnswerBody {
  readonly ack: number;
  readonly answers: readonly Omit<AckAnswer, 'isLate'>[];
  /** Of a person: the id their client made, and what was asked under it. */
  readonly action?: string;
  readonly hash?: string;
}
export interface EscalateBody {
  readonly ack: number;
  readonly to: 'county' | 'city';
  readonly missing: number;
}

/** Of what is to be acknowledged. */
export const nameOf = ({ subject, of }: Pick<Acknowledgement, 'subject' | 'of'>): string =>
  `${subject} ${of}`;

export class AckFold {
  /** Oldest first. */
  readonly acks = new Map<number, Acknowledgement>();
  /** Ids of those that still hold. */
  readonly open = new Set<number>();
  /** Units by what they were asked to acknowledge: nobody is asked twice, also after it was over. */
  readonly asked = new Map<string, Set<string>>();
  readonly done = new Map<string, { readonly ack: number; readonly hash: string }>();

  /** → id of the one it is about */
  apply({ seq, kind, knownAt, body }: LogEntry): number {
    if (kind === ASK) {
      const said = body as unknown as AskBody;
      const none = { answers: [], escalated: [], endedAt: null };
      this.acks.set(seq, { ...said, ...none, id: seq, seq, at: knownAt });
      this.open.add(seq);
      const asked = this.asked.get(nameOf(said)) ?? new Set<string>();
      for (const { id } of said.asked) asked.add(id);
      this.asked.set(nameOf(said), asked);
      return seq;
    }
    const { ack: id } = body as unknown as { readonly ack: number };
    const before = this.acks.get(id);
    if (!before) return id;
    if (kind === END) this.open.delete(id);
    this.acks.set(id, { ...before, seq, ...this.#change(before, kind, { body, knownAt }) });
    return id;
  }

  #change(
    before: Acknowledgement,
    kind: string,
    { body, knownAt }: Pick<LogEntry, 'body' | 'knownAt'>,
  ): Partial<Acknowledgement> {
    if (kind === END) return { endedAt: knownAt };
    if (kind === ESCALATE) {
      const { to, missing } = body as unknown as EscalateBody;
      return { escalated: [...before.escalated, { at: knownAt, to, missing }] };
    }
    const { answers, action, hash, ack } = body as unknown as AnswerBody;
    if (action !== undefined && hash !== undefined) this.done.set(action, { ack, hash });
    const known = new Set(before.answers.map(({ unit }) => unit));
    const fresh = answers
      .filter(({ unit }) => !known.has(unit))
      .map((one): AckAnswer => ({ ...one, isLate: one.at > before.dueAt }));
    return { answers: [...before.answers, ...fresh] };
  }
}
