// Who this browser is and what it may: asked of the server at the start, after each sign-in, and whenever the server
// says that nobody is signed in here. The cookie itself is out of reach of any script.
import { shallowRef, watch } from 'vue';
import type { SessionView } from '../../contracts/records/account.ts';
import { localMs } from '../clock.ts';
import { forgetKept } from './kept.ts';
import { askServer, strangerCount } from './world.ts';

/** null until the server has said it. */
export const access = shallowRef<SessionView | null>(null);

/** Between two words to the server that somebody is there. */
const SEEN_EVERY_MS = 60_000;

/** What the server answered: the code of an error, '' when all went well, and its own sentence. */
export interface Reply<T> {
  readonly code: string;
  readonly message: string;
  readonly value: T | null;
}

export async function askAccess<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Reply<T>> {
  try {
    const response = await askServer(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const said = text === '' ? {} : (JSON.parse(text) as { code?: string; message?: string });
    if (response.ok) return { code: '', message: '', value: said as T };
    return { code: said.code ?? 'server/fault', message: said.message ?? '', value: null };
  } catch {
    return { code: 'unreachable', message: '', value: null };
  }
}

export async function loadAccess(): Promise<void> {
  const { value } = await askAccess<SessionView>('GET', '/api/session');
  if (value) access.value = value;
}

/** Before the server has said anything, everything is tried: it refuses by itself. */
export const mayHere = (action: string): boolean => access.value?.may.includes(action) ?? true;

/** The work of whoever leaves, as it was read last for the time without a network. What they said and was not sent stays theirs. */
const forgetWork = (): void => forgetKept('field.');

/** A page holds what its subject may see: another subject is another page. */
export async function signOut(): Promise<void> {
  await askAccess('DELETE', '/api/session');
  forgetWork();
  location.assign('/');
}

export async function becomeDemo(account: string): Promise<void> {
  const { code } = await askAccess('POST', '/api/session/demo', { account });
  if (code !== '') return;
  forgetWork();
  location.assign('/');
}

/** Follows the session of this browser; call once. */
export function followAccess(): void {
  void loadAccess();
  watch(strangerCount, () => {
    if (access.value?.who != null) void loadAccess();
  });
  let seenAt = localMs();
  const seen = (): void => {
    if (access.value?.idleS == null || localMs() - seenAt < SEEN_EVERY_MS) return;
    seenAt = localMs();
    void askAccess('POST', '/api/session/seen');
  };
  addEventListener('pointerdown', seen, { passive: true });
  addEventListener('keydown', seen, { passive: true });
}
