// Entries of the field as they are written: what each says to the server, and how people find it again.
import { title } from '../../../contracts/declare.ts';
import type { Call, CallAnswer } from '../../../contracts/records/call.ts';
import { answerTitles } from '../../../contracts/records/call.ts';
import type { AnswerCallRequest, RollCall } from '../../../contracts/records/headquarters.ts';
import { readinessTitles } from '../../../contracts/records/headquarters.ts';
import type { AcknowledgementView } from '../../../contracts/records/acknowledgement.ts';
import type { Order, OrderVerb } from '../../../contracts/records/order.ts';
import { orderVerbTitles } from '../../../contracts/records/order.ts';
import type { TaskVerb } from '../../../contracts/records/task.ts';
import { taskVerbTitles } from '../../../contracts/records/task.ts';
import type { TaskView } from '../../../contracts/records/task-actions.ts';
import type { NewEntry } from '../../stores/field-queue.ts';

type Begun = Pick<NewEntry, 'path' | 'about' | 'title' | 'name' | 'seen' | 'body' | 'files'>;

/** What the unit does with its task. */
export const taskEntry = (
  { task }: TaskView,
  verb: TaskVerb,
  body: Readonly<Record<string, unknown>> = {},
): Begun => ({
  path: `/api/tasks/${task.id}/${verb}`,
  about: `task:${task.id}`,
  title: taskVerbTitles[verb],
  name: task.text,
  seen: task.seq,
  body,
  files: [],
});

/** What the unit does with its order. */
export const orderEntry = (order: Order, verb: OrderVerb, text: string): Begun => ({
  path: `/api/orders/${order.id}/${verb}`,
  about: `order:${order.id}`,
  title: orderVerbTitles[verb],
  name: order.text,
  seen: order.seq,
  body: { text },
  files: [],
});

/** What the unit answers to a call. */
export const callEntry = (call: Call, unit: string, answer: CallAnswer): Begun => ({
  path: `/api/calls/${call.id}/answer`,
  about: `call:${call.id}`,
  title: answerTitles[answer],
  name: call.text,
  seen: null,
  body: { unit, answer, text: '' },
  files: [],
});

/** What the unit answers to a roll-call of the command. */
export const rollEntry = (
  roll: RollCall,
  said: Pick<AnswerCallRequest, 'unit' | 'state' | 'people' | 'text'>,
): Begun => ({
  path: `/api/roll-calls/${roll.id}/answer`,
  about: `roll:${roll.id}`,
  title: readinessTitles[said.state],
  name: roll.text,
  seen: null,
  body: { ...said },
  files: [],
});

/** The unit acknowledges a warning or a dispatch order. */
export const ackEntry = (ack: AcknowledgementView, unit: string): Begun => ({
  path: `/api/acknowledgements/${ack.id}/answer`,
  about: `ack:${ack.id}`,
  title: title('签收', 'Acknowledge'),
  name: ack.title,
  seen: null,
  body: { unit },
  files: [],
});

export const REPORT_PATH = '/api/incidents';

/** 随手报: an incident that begins here. */
export const reportEntry = (action: string, body: { readonly title: string }): Begun => ({
  path: REPORT_PATH,
  about: `new:${action}`,
  title: title('随手报', 'New report'),
  name: body.title,
  seen: null,
  body: { ...body, channel: 'field' },
  files: [],
});
