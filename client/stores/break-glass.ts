// Break-glass as this page sees it: what this account holds, and, for those who watch, who took what.
import { ref, shallowRef } from 'vue';
import type { BrokenGlass, ReviewGlass, TakeGlass } from '../../contracts/records/break-glass.ts';
import { localMs } from '../clock.ts';
import { askAccess, type Reply } from './access.ts';

/** The form that takes a role is open. */
export const isTakingGlass = ref(false);
/** null until the server has answered once. */
export const glassList = shallowRef<readonly BrokenGlass[] | null>(null);
export const glassFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);

export async function loadGlasses(): Promise<void> {
  const { code, message, value } = await askAccess<{ glasses: readonly BrokenGlass[] }>(
    'GET',
    '/api/break-glass',
  );
  glassFault.value = code === '' ? null : { code, message };
  if (value) glassList.value = value.glasses;
}

export const takeGlass = (asked: TakeGlass): Promise<Reply<BrokenGlass>> =>
  askAccess('POST', '/api/break-glass', asked);
export const handBackGlass = (): Promise<Reply<object>> => askAccess('DELETE', '/api/session/break-glass');

/** By who watches; the list is loaded again when it went well. */
export async function endGlass(id: number, reason: string): Promise<Reply<BrokenGlass>> {
  return loaded(await askAccess<BrokenGlass>('POST', `/api/break-glass/${id}/end`, { reason }));
}

export async function reviewGlass(id: number, asked: ReviewGlass): Promise<Reply<BrokenGlass>> {
  return loaded(await askAccess<BrokenGlass>('POST', `/api/break-glass/${id}/review`, asked));
}

async function loaded<T>(reply: Reply<T>): Promise<Reply<T>> {
  if (reply.code === '') await loadGlasses();
  return reply;
}

/** Whole seconds that are left of `leftS`, which was true at `at` of the local clock; never below 0. */
export const secondsLeft = (leftS: number, at: number, now = localMs()): number =>
  Math.max(0, Math.ceil(leftS - (now - at) / 1000));

/** "59:03" */
export function leftText(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
