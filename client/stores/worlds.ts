// Worlds beside live, through the server's routes: which there are, how that of this page is, and what people ask of one.
import { computed, ref, shallowRef } from 'vue';
import type { NewWorld, WorldClockRequest, WorldFacts, WorldState } from '../../contracts/records/world.ts';
import { every, type Stop } from '../clock.ts';
import { session } from './session.ts';
import { askServer, isLiveWorld } from './world.ts';

export type { NewWorld, WorldFacts, WorldState };

/** What the server said of the world of this page; null: nothing yet, or it is live. */
export const worldFacts = shallowRef<WorldFacts | null>(null);
/** The server answers, and knows no such world any more. */
export const isWorldGone = ref(false);

export type WorldKind = 'live' | 'demo' | 'drill' | 'recording' | 'branch';
/** null: not live, and nobody has said yet what. */
export const worldKind = computed<WorldKind | null>(() =>
  isLiveWorld() ? 'live' : (session.hello?.world.kind ?? worldFacts.value?.kind ?? null),
);

export type WorldAnswer<T> =
  | { readonly ok: true; readonly value: T }
  /** `status`: of HTTP, 0 where nobody answered; `message`: the server's own sentence, '' where it said none. */
  | { readonly ok: false; readonly status: number; readonly message: string };

const isFacts = (value: unknown): value is WorldFacts => {
  const { id, state, clock } = (value ?? {}) as Partial<WorldFacts>;
  return typeof id === 'string' && typeof state === 'string' && typeof clock?.at === 'number';
};

async function call(path: string, method: string, body?: unknown): Promise<WorldAnswer<unknown>> {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  try {
    const response = await askServer(`/api/worlds${path}`, init);
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const said: unknown = isJson ? await response.json() : null;
    if (response.ok) return { ok: true, value: said };
    const message = (said as { message?: unknown } | null)?.message;
    const { status } = response;
    return { ok: false, status, message: typeof message === 'string' ? message : '' };
  } catch {
    return { ok: false, status: 0, message: '' };
  }
}

/** An answer that is none counts as none. */
const NOT_UNDERSTOOD = { ok: false, status: 404, message: '' } as const;

export async function listWorlds(): Promise<WorldAnswer<readonly WorldFacts[]>> {
  const answer = await call('', 'GET');
  if (!answer.ok) return answer;
  return Array.isArray(answer.value)
    ? { ok: true, value: answer.value.filter(isFacts) }
    : { ...NOT_UNDERSTOOD };
}

async function change(path: string, body: unknown): Promise<WorldAnswer<WorldFacts>> {
  const answer = await call(path, 'POST', body);
  if (!answer.ok) return answer;
  if (!isFacts(answer.value)) return { ...NOT_UNDERSTOOD };
  if (answer.value.id === worldFacts.value?.id) worldFacts.value = answer.value;
  return { ok: true, value: answer.value };
}

export const makeWorld = (asked: Omit<NewWorld, 'speed'> & { readonly speed?: number }) => change('', asked);
const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;
/** Speed, pause, or to a moment: seconds after the start. */
export const setWorldClock = (id: string, asked: WorldClockRequest) => change(`${pathOf(id)}/clock`, asked);
/** From the beginning, as if nobody had touched it. */
export const resetWorld = (id: string) => change(`${pathOf(id)}/reset`, {});
/** Its processes and files go too. */
export const endWorld = (id: string) => call(pathOf(id), 'DELETE');

/** Between two looks, milliseconds: people wait for a world that starts. */
const LOOK_MS = 1000;

/** Keeps `worldFacts` fresh until the world is gone. Of live there is nothing to ask. */
export function followWorld(id: string): Stop {
  if (isLiveWorld()) return () => undefined;
  let isAsking = false;
  const look = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    const answer = await listWorlds();
    isAsking = false;
    if (!answer.ok) return;
    const found = answer.value.find((one) => one.id === id);
    if (found) worldFacts.value = found;
    isWorldGone.value = !found;
    if (!found) stop();
  };
  const stop = every(LOOK_MS, () => void look());
  void look();
  return stop;
}
