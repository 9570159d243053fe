// Acknowledgements (叫应, 签收): what a warning or a dispatch order asks of town posts, who has answered, and who was told of those
// who have not (docs/acknowledgements.md).
import { z } from 'zod';
import type { Title } from '../column.ts';
import { title } from '../declare.ts';
import { base, unit } from './action-parts.ts';
import type { UnitRef } from './incident.ts';
import type { MessageState } from './message.ts';

export const ackSubjectTitles = {
  warning: title('预警叫应', 'Warning'),
  'dispatch-order': title('调度令签收', 'Dispatch order'),
} as const;
export type AckSubject = keyof typeof ackSubjectTitles;

/** How an answer came. */
export const ackWayTitles = {
  page: title('本系统', 'Page'),
  phone: title('电话', 'Telephone'),
  system: title('叫应平台', 'Call-and-answer system'),
} as const;
export type AckWay = keyof typeof ackWayTitles;

/** By the unit itself, or by who rang it up (`way: phone`). */
export const acknowledgeSchema = z.strictObject({
  ...base,
  unit,
  way: z.enum(['page', 'phone']).default('page'),
  text: z.string().trim().max(200).default(''),
});
export type AcknowledgeRequest = z.infer<typeof acknowledgeSchema>;

export interface AckAnswer {
  readonly unit: string;
  /** Who answered, as the log or the source names them. */
  readonly by: string;
  /** When it was answered, as the source says; epoch ms. */
  readonly at: number;
  readonly way: AckWay;
  readonly text: string;
  readonly isLate: boolean;
}

/** One thing that towns are asked to acknowledge. */
export interface Acknowledgement {
  /** Sequence of its entry. */
  readonly id: number;
  readonly seq: number;
  readonly subject: AckSubject;
  /** Identifier of the bulletin, or number of the order. */
  readonly of: string;
  readonly title: string;
  /** Red, orange, yellow or blue of a warning; null: it has none. */
  readonly severity: 'red' | 'orange' | 'yellow' | 'blue' | null;
  /** Epoch ms. */
  readonly at: number;
  readonly dueAt: number;
  readonly asked: readonly UnitRef[];
  readonly answers: readonly AckAnswer[];
  /** When those above were told who has not answered, oldest first: counties, then the city. */
  readonly escalated: readonly {
    readonly at: number;
    readonly to: 'county' | 'city';
    readonly missing: number;
  }[];
  /** When what it is about was over; null: it still holds. */
  readonly endedAt: number | null;
}

/** A unit that has not answered, with how it is reached. */
export interface AckMissing {
  readonly unit: UnitRef;
  /** null: it was not told yet, or nobody is told in this world. */
  readonly notice: MessageState | null;
  readonly contacts: readonly {
    readonly post: Title;
    readonly phone: string;
    readonly dial: string | null;
  }[];
}

export interface AcknowledgementView extends Acknowledgement {
  readonly missing: readonly AckMissing[];
}

export interface AcknowledgementPage {
  /** Newest first; what is over stays for a day. */
  readonly acknowledgements: readonly AcknowledgementView[];
  /** Why no notice leaves; null: they do. */
  readonly withheld: Title | null;
  readonly names: Readonly<Record<string, string>>;
}

export const missingIn = ({
  asked,
  answers,
}: Pick<Acknowledgement, 'asked' | 'answers'>): readonly UnitRef[] => {
  const answered = new Set(answers.map((one) => one.unit));
  return asked.filter(({ id }) => !answered.has(id));
};
