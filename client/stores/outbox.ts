// What leaves the city, as this page sees it: asked of the server while somebody looks, and anew after each action. What it
// may show and do is the server's to say.
import { shallowRef } from 'vue';
import { title } from '../../contracts/declare.ts';
import type {
  Message,
  MessageAsked,
  MessageState,
  MessageVerb,
  Outbox,
  StatementAsked,
} from '../../contracts/records/message.ts';
import type { Answer, Refusal } from './operations.ts';
import { refusalOf } from './operations.ts';
import { askWorld } from './world.ts';

/** The list of the desk; null: not read yet. */
export const outbox = shallowRef<Outbox | null>(null);
/** Why it could not be read; null: it was. */
export const outboxRefusal = shallowRef<Refusal | null>(null);
/** Only those in one state; null: all. */
export const outboxState = shallowRef<MessageState | null>(null);
/** Those of the incident whose card is open. */
export const incidentMessages = shallowRef<readonly Message[]>([]);

async function call<T>(path: string, body?: MessageAsked | StatementAsked): Promise<Answer<T>> {
  try {
    const response = await askWorld(`/api/outbox${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const said = (await response.json().catch(() => null)) as
      (T & { message?: string; code?: string }) | null;
    if (response.ok && said !== null) return { ok: true, value: said };
    return { ok: false, refusal: refusedBy(response.status, said) };
  } catch {
    return { ok: false, refusal: refusalOf(0, '') };
  }
}

const duties = title(
  '拟稿人不能审核自己的文稿，请由另一人审核',
  'Who worded it does not approve it: ask somebody else',
);

function refusedBy(status: number, said: { message?: string; code?: string } | null): Refusal {
  if (said?.code === 'access/duties') return { title: duties, detail: '' };
  return refusalOf(status, said?.message ?? '');
}

let asked = 0;

export async function loadOutbox(): Promise<void> {
  const mine = ++asked;
  const state = outboxState.value;
  const answer = await call<Outbox>(`?limit=50${state === null ? '' : `&state=${state}`}`);
  // An answer that was overtaken says what was before.
  if (mine !== asked) return;
  outboxRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) outbox.value = answer.value;
}

let wanted: number | null = null;

/** null: no card is open. */
export async function loadMessagesOf(incident: number | null): Promise<void> {
  if (wanted !== incident) incidentMessages.value = [];
  wanted = incident;
  if (incident === null) return;
  const answer = await call<Outbox>(`?incident=${incident}`);
  if (wanted === incident && answer.ok) incidentMessages.value = answer.value.messages;
}

/** Does one thing to a message as it was last seen here, and reads what is shown anew. */
export async function actOn(
  { id, seq }: Pick<Message, 'id' | 'seq'>,
  verb: MessageVerb,
  said: MessageAsked = {},
): Promise<Answer<Message>> {
  const answer = await call<Message>(`/${id}/${verb}`, { seen: seq, ...said });
  await Promise.all([outbox.value === null ? null : loadOutbox(), loadMessagesOf(wanted)]);
  return answer;
}

/** A draft for the public, on facts of an incident; shown among its messages. */
export async function publish(asked: StatementAsked): Promise<Answer<Message>> {
  const answer = await call<Message>('/statements', asked);
  await Promise.all([outbox.value === null ? null : loadOutbox(), loadMessagesOf(wanted)]);
  return answer;
}
