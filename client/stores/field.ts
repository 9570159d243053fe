// The page of the field: tasks and incidents of a unit as they were read last, and what was said here and is not sent yet.
import { computed, ref, shallowRef, watch } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { Call, CallPage } from '../../contracts/records/call.ts';
import type { HeadquartersView, RollCall } from '../../contracts/records/headquarters.ts';
import type { AcknowledgementPage, AcknowledgementView } from '../../contracts/records/acknowledgement.ts';
import type { Counted, EvacuationPlace } from '../../contracts/records/evacuation.ts';
import type { IncidentSummary } from '../../contracts/records/incident.ts';
import type { Order, OrderState, OrderVerb } from '../../contracts/records/order.ts';
import { orderMoves } from '../../contracts/records/order.ts';
import { DEPARTMENT } from '../../contracts/records/reach.ts';
import type { TaskState, TaskVerb } from '../../contracts/records/task.ts';
import { taskMoves } from '../../contracts/records/task.ts';
import type { TaskView } from '../../contracts/records/task-actions.ts';
import { after, backOffMs, every, localMs, type Stop } from '../clock.ts';
import { access, loadAccess, mayHere } from './access.ts';
import { mergedInbox, rollsIn, withAnswer, withCall } from './field-inbox.ts';
import { FieldQueue, type Entry, type FieldAnswer, type NewEntry } from './field-queue.ts';
import { BrowserShelf } from './field-shelf.ts';
import { units } from './incidents.ts';
import { keep, readKept } from './kept.ts';
import { applyBeat, liveNow, readLiveNow } from './time.ts';
import { askWorld, isLiveWorld, worldId } from './world.ts';

/** Between two looks while the page is open, milliseconds: units of a town have no stream to hear it from. */
const LOOK_MS = 15_000;
const PAGE = 100;

/** What was said here, and waits or was refused, of whoever is signed in. */
export const entries = shallowRef<readonly Entry[]>([]);
/** Whether `entries` was read since the page was opened: before that, nobody knows what waits. */
export const isRead = ref(false);
/** Whether the server answered last. */
export const isReached = ref(navigator.onLine);
/** City clock when it did; null: never in this browser. */
export const reachedAt = ref<number | null>(null);
export const tasks = shallowRef<readonly TaskView[] | null>(null);
/** What the unit is asked to acknowledge; empty until it was read. */
export const acks = shallowRef<readonly AcknowledgementView[]>([]);
/** Open orders of the unit. */
export const orders = shallowRef<readonly Order[] | null>(null);
export const incidents = shallowRef<readonly IncidentSummary[] | null>(null);
/** Calls to the unit, newest first, and roll-calls of the command. */
export const calls = shallowRef<readonly Call[]>([]);
export const rolls = shallowRef<readonly RollCall[]>([]);
/** A drill, or a demonstration: no meeting is joined from here. */
export const isWithheld = ref(true);
/** City clock when they were read; null: never. */
export const readAt = ref<number | null>(null);
export const unitId = ref<string | null>(null);
/** As it was called when its inbox was read last. */
export const unitName = shallowRef<Title | null>(null);
/** What the server tells is 演示数据. */
export const isDemo = ref(false);
/** Why entries cannot be kept in this browser; '': they can. */
export const keepFault = ref('');

/** Who works here; without a network whoever did last. */
export const worker = computed(() => access.value?.who?.id ?? (readKept('field.who') as string | null) ?? '');
export const waiting = computed(() => entries.value.filter(({ refusal }) => refusal === null));
export const refused = computed(() => entries.value.filter(({ refusal }) => refusal !== null));

/** City clock now, also where the page began without a network: by how much this machine was off then. */
export const fieldNow = (): number =>
  Math.round(liveNow.value > 0 ? readLiveNow() : localMs() + Number(readKept('field.offset') ?? 0));

/** Every answer says what time it is: there is no stream here that would. */
function hear(response: Response): void {
  isDemo.value = response.headers.get('x-data-class') === 'demo';
  keep('field.demo', isDemo.value);
  const at = Date.parse(response.headers.get('date') ?? '');
  if (!isLiveWorld() || Number.isNaN(at)) return;
  applyBeat(at, localMs());
  keep('field.offset', at - localMs());
}

async function ask(path: string, init: RequestInit = {}): Promise<FieldAnswer> {
  try {
    const response = await askWorld(path, init);
    hear(response);
    isReached.value = true;
    reachedAt.value = fieldNow();
    keep('field.reached', reachedAt.value);
    return { status: response.status, body: (await response.json().catch(() => null)) as unknown };
  } catch {
    isReached.value = false;
    return { status: 0, body: null };
  }
}

/** As many as tell somebody that it went through. */
const DELIVERED = 5;
/** What the server took since the page was opened, the last first. */
export const delivered = shallowRef<readonly Entry[]>([]);
const dropped = new Set<number>();

const queue = new FieldQueue(
  new BrowserShelf(),
  {
    sendFile: (blob) => ask('/api/incidents/files', { method: 'POST', body: blob }),
    send: async (path, body) => {
      const answer = await ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      // Before it is taken off what waits: else the task would stand where it was until it is read again.
      if (answer.status < 300) hearAnswer(answer.body);
      return answer;
    },
  },
  (all) => {
    const left = new Set(all.map(({ id }) => id));
    const through = entries.value.filter(({ id }) => !left.has(id) && !dropped.has(id));
    delivered.value = [...through.reverse(), ...delivered.value].slice(0, DELIVERED);
    entries.value = all.filter(({ who, world }) => who === worker.value && world === worldId.value);
    isRead.value = true;
  },
);

function hearAnswer(body: unknown): void {
  if (tasks.value) tasks.value = withAnswer(tasks.value, body);
  calls.value = withCall(calls.value, body);
  rolls.value = rollsIn(body) ?? rolls.value;
}

type Said = Omit<NewEntry, 'who' | 'world' | 'happenedAt' | 'refusal'>;

/** Keeps it, then sends what it can. → whether this browser kept it */
export async function sayFromField(said: Said): Promise<boolean> {
  try {
    await queue.add({
      ...said,
      ...{ who: worker.value, world: worldId.value ?? 'live', happenedAt: fieldNow(), refusal: null },
    });
    keepFault.value = '';
  } catch (error) {
    keepFault.value = error instanceof Error ? error.message : String(error);
    return false;
  }
  void sendWaiting();
  return true;
}

export function letGo(id: number): Promise<void> {
  dropped.add(id);
  return queue.discard(id);
}

/** How often in a row it could not be sent. */
let attempts = 0;
let stopTrying: Stop | null = null;

export async function sendWaiting(): Promise<void> {
  const who = access.value?.who?.id;
  const before = waiting.value.length;
  if (who === undefined || worldId.value === null) return;
  stopTrying?.();
  const sent = await queue.send({ who, world: worldId.value });
  attempts = sent === 'later' ? attempts + 1 : 0;
  stopTrying = sent === 'later' ? after(backOffMs(attempts, 500, LOOK_MS), () => void sendWaiting()) : null;
  if (waiting.value.length < before || before === 0) await look();
}

/** Where a task will stand once what waits is sent. */
export function stateWith({ task }: TaskView, all: readonly Entry[]): TaskState {
  return all
    .filter(({ about, refusal }) => about === `task:${task.id}` && refusal === null)
    .reduce<TaskState>((state, { path }) => {
      const verb = path.slice(path.lastIndexOf('/') + 1) as TaskVerb;
      return taskMoves[verb][state] ?? state;
    }, task.state);
}

/** Its places as they will stand once what waits is sent. */
export function countedWith({ task }: TaskView, all: readonly Entry[]): readonly EvacuationPlace[] {
  return all
    .filter(
      ({ about, path, refusal }) => about === `task:${task.id}` && path.endsWith('/progress') && !refusal,
    )
    .reduce<readonly EvacuationPlace[]>((places, { body, happenedAt }) => {
      const counted = (body['places'] ?? []) as Counted;
      return places.map((one) => {
        const said = counted.find(({ place }) => place === one.place);
        return said ? { ...one, ...said, toMove: said.toMove ?? one.toMove, countedAt: happenedAt } : one;
      });
    }, task.move ?? []);
}

/** Where an order will stand once what waits is sent: an acknowledgement says that it arrived as well. */
export function orderStateWith(order: Order, all: readonly Entry[]): OrderState {
  return all
    .filter(({ about, refusal }) => about === `order:${order.id}` && refusal === null)
    .reduce<OrderState>((state, { path }) => {
      const verb = path.slice(path.lastIndexOf('/') + 1) as OrderVerb;
      const from = verb === 'acknowledge' && state === 'issued' ? 'delivered' : state;
      return orderMoves[verb][from] ?? state;
    }, order.state);
}

/** The unit an area stands for; null: the whole city, or more than one. */
export function unitOf(areas: readonly string[]): string | null {
  const [area] = areas;
  if (area === undefined || areas.length > 1) return null;
  if (area.startsWith(DEPARTMENT)) return area;
  if (!/^\d+$/.test(area)) return null;
  return `${area.length === 6 ? 'county' : 'town'}:${area}`;
}

export function chooseUnit(id: string): void {
  unitId.value = id;
  keep('field.unit', id);
  forgetInbox();
  void look();
}

/** Reads the inbox of the unit. */
async function look(): Promise<void> {
  const unit = unitId.value;
  if (unit === null) return;
  const query = `?unit=${encodeURIComponent(unit)}&open=yes&limit=${PAGE}`;
  const inbox = await ask(`/api/tasks${query}`);
  const found = inbox.status === 200 ? (inbox.body as { tasks: readonly TaskView[] }) : null;
  const list = await ask(`/api/incidents${query}`);
  const given = await ask(`/api/orders?unit=${encodeURIComponent(unit)}&open=true&limit=${PAGE}`);
  await lookForCalls(unit);
  const asked = await ask('/api/acknowledgements');
  if (unit !== unitId.value) return;
  if (asked.status === 200) acks.value = (asked.body as AcknowledgementPage).acknowledgements;
  if (found) {
    tasks.value = mergedInbox(found.tasks, tasks.value ?? []);
    readAt.value = fieldNow();
  }
  if (given.status === 200) orders.value = (given.body as { orders: readonly Order[] }).orders;
  if (list.status === 200) incidents.value = (list.body as { incidents: IncidentSummary[] }).incidents;
  if (!found) return;
  unitName.value = units.value.find(({ id }) => id === unit)?.name ?? unitName.value;
  keep('field.inbox', {
    ...{ unit, name: unitName.value, at: readAt.value },
    ...{ tasks: tasks.value, incidents: incidents.value, orders: orders.value },
    ...{ calls: calls.value, rolls: rolls.value, isWithheld: isWithheld.value },
  } satisfies KeptInbox);
}

/** Who calls the unit: each of both where whoever is signed in may answer it. */
async function lookForCalls(unit: string): Promise<void> {
  const asked = mayHere('answer-calls') ? await ask(`/api/calls?unit=${encodeURIComponent(unit)}`) : null;
  const rolled = mayHere('answer-roll-call') ? await ask('/api/headquarters') : null;
  if (unit !== unitId.value) return;
  if (asked?.status === 200) {
    const page = asked.body as CallPage;
    calls.value = page.calls.slice(0, PAGE);
    isWithheld.value = page.withheld !== null;
  }
  if (rolled?.status === 200) rolls.value = (rolled.body as HeadquartersView).calls;
}

interface KeptInbox {
  readonly unit: string;
  readonly name: Title | null;
  readonly at: number | null;
  readonly tasks: readonly TaskView[] | null;
  readonly incidents: readonly IncidentSummary[] | null;
  /** Absent: kept by a build that knew no orders. */
  readonly orders?: readonly Order[] | null;
  /** Absent: kept by a build that knew no calls. */
  readonly calls?: readonly Call[];
  readonly rolls?: readonly RollCall[];
  readonly isWithheld?: boolean;
}

/** What was read last, before anything can be asked. */
function recall(): void {
  unitId.value = (readKept('field.unit') as string | null) ?? null;
  reachedAt.value = (readKept('field.reached') as number | null) ?? null;
  isDemo.value = readKept('field.demo') === true;
  const kept = readKept('field.inbox') as KeptInbox | null;
  if (kept?.unit !== unitId.value || kept === null) return;
  tasks.value = kept.tasks;
  incidents.value = kept.incidents;
  orders.value = kept.orders ?? null;
  calls.value = kept.calls ?? [];
  rolls.value = kept.rolls ?? [];
  isWithheld.value = kept.isWithheld ?? true;
  unitName.value = kept.name;
  readAt.value = kept.at;
}

/** What somebody else read here last is not shown to whoever signs in after them. */
function meet(who: string): void {
  const before = readKept('field.who');
  keep('field.who', who);
  if (before === null || before === who) return;
  forgetInbox();
  keep('field.inbox', null);
}

function forgetInbox(): void {
  tasks.value = null;
  incidents.value = null;
  orders.value = null;
  calls.value = [];
  rolls.value = [];
  acks.value = [];
  unitName.value = null;
  readAt.value = null;
}

/** Asks who is signed in where the page began without a network: nothing is sent for nobody. */
async function begin(): Promise<void> {
  if (access.value !== null) return;
  await loadAccess();
  isReached.value = access.value !== null;
}

/** Reads and sends while the page is open. */
export function startField(): Stop {
  recall();
  void queue.tell().catch((error: unknown) => {
    keepFault.value = error instanceof Error ? error.message : String(error);
  });
  void navigator.storage?.persist?.().catch(() => false);
  const now = (): void => {
    if (document.visibilityState !== 'visible') return;
    void begin()
      .then(() => sendWaiting())
      .then(() => (access.value === null ? undefined : look()));
  };
  const stops = [
    every(LOOK_MS, now),
    watch(
      () => access.value?.who,
      (who) => {
        if (!who) return;
        meet(who.id);
        const own = unitOf(who.areas);
        if (own !== null) unitId.value = own;
        void queue.tell().then(now);
      },
      { immediate: true },
    ),
  ];
  now();
  addEventListener('online', now);
  document.addEventListener('visibilitychange', now);
  return () => {
    for (const stop of stops) stop();
    stopTrying?.();
    removeEventListener('online', now);
    document.removeEventListener('visibilitychange', now);
  };
}
