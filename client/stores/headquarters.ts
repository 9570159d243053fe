// Command organisation as this page sees it: what a wall shows of 战时, headquarters with their seats, centres and roll-calls, and
// the task board. Asked of the server, again each few seconds while somebody looks.
import { computed, shallowRef, watch, type WatchHandle } from 'vue';
import { mode } from '../../contracts/layers/mode.ts';
import { task as taskLayer } from '../../contracts/layers/task.ts';
import type {
  AnswerCallRequest,
  BoardTask,
  CrisisRoomPage,
  HeadquartersView,
  RollCallRequest,
  SeatRequest,
} from '../../contracts/records/headquarters.ts';
import { newAction } from './incidents.ts';
import { mirrors } from './layers.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';
import { cityNow } from './time.ts';

const AGAIN_MS = 5000;

/** null until it was read. */
export const room = shallowRef<CrisisRoomPage | null>(null);
export const roomRefusal = shallowRef<Refusal | null>(null);
export const headquarters = shallowRef<HeadquartersView | null>(null);
export const headquartersRefusal = shallowRef<Refusal | null>(null);
/** Open tasks of every open incident; null until they were read. */
export const board = shallowRef<readonly BoardTask[] | null>(null);
export const boardRefusal = shallowRef<Refusal | null>(null);

/** Each few seconds of the city's clock, and whenever a mode or a task changed. */
const moved = computed(() => [
  Math.floor(cityNow.value / AGAIN_MS),
  mirrors.get(mode.slug)?.version.value ?? 0,
  mirrors.get(taskLayer.slug)?.version.value ?? 0,
]);
const follow = (load: () => Promise<void>): WatchHandle =>
  watch(
    () => moved.value.join(' '),
    () => void load(),
    { immediate: true },
  );

/** Two panels of one wall ask once. */
let asking: Promise<void> | null = null;

export async function loadRoom(): Promise<void> {
  asking ??= (async () => {
    const answer = await askJson<CrisisRoomPage>('/api/crisis/room');
    roomRefusal.value = answer.ok ? null : answer.refusal;
    if (answer.ok) room.value = answer.value;
    asking = null;
  })();
  await asking;
}

export async function loadHeadquarters(): Promise<void> {
  const answer = await askJson<HeadquartersView>('/api/headquarters');
  headquartersRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) headquarters.value = answer.value;
}

export async function loadBoard(): Promise<void> {
  const answer = await askJson<{ tasks: readonly BoardTask[] }>('/api/task-board');
  boardRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) board.value = answer.value.tasks;
}

/** Ends with the component that asks. */
export const followRoom = (): WatchHandle => follow(loadRoom);
export const followHeadquarters = (): WatchHandle => follow(loadHeadquarters);
export const followBoard = (): WatchHandle => follow(loadBoard);

async function done(path: string, said: object): Promise<Answer<HeadquartersView>> {
  const answer = await askJson<HeadquartersView>(path, { action: newAction(), ...said });
  if (answer.ok) headquarters.value = answer.value;
  return answer;
}

export type Said<T> = Omit<T, 'action'>;
export const bindSeat = (said: Said<SeatRequest>): Promise<Answer<HeadquartersView>> =>
  done('/api/headquarters/seats', said);
export const callRoll = (said: Said<RollCallRequest>): Promise<Answer<HeadquartersView>> =>
  done('/api/roll-calls', said);
export const answerCall = (call: number, said: Said<AnswerCallRequest>): Promise<Answer<HeadquartersView>> =>
  done(`/api/roll-calls/${call}/answer`, said);
export const endCall = (call: number, reason: string): Promise<Answer<HeadquartersView>> =>
  done(`/api/roll-calls/${call}/end`, { reason });
