// What a duty officer changes by hand, through the server's operator routes: silence a sensor, fill in a value, take either
// back. The server keeps who, when and why; this page only asks, and says in plain words what came back.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { askWorld } from './world.ts';

export interface Operation {
  readonly id: number;
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
  readonly until: number | null;
  readonly status: 'active' | 'ended' | 'undone';
  readonly undoable: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What went wrong, for people; `detail` is the server's own sentence, '' where it said none. */
export interface Refusal {
  readonly title: Title;
  readonly detail: string;
}

export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const refusals: Readonly<Record<number, Title>> = {
  400: title('服务器认为填写有误', 'The server found a mistake in what was filled in'),
  401: title(
    '没有再次确认本人，或已退出登录：没有执行',
    'It was not confirmed that it is you, or you are signed out: nothing was done',
  ),
  403: title('没有操作权限，请联系值班长', 'You may not do this: ask the officer in charge'),
  404: title(
    '服务器没有这个对象，或这台服务器不支持人工干预',
    'The server knows no such object, or does not support operations by hand',
  ),
  409: title('已经是这样，或已不能撤销', 'It is so already, or can no longer be taken back'),
};
const unreachable = title('服务器没有应答，操作没有生效', 'The server did not answer: nothing was changed');
const other = title('服务器没有接受', 'The server did not accept it');

/** @param status of the answer; 0: there was none */
export function refusalOf(status: number, detail: string): Refusal {
  return { title: status === 0 ? unreachable : (refusals[status] ?? other), detail };
}

/** Asks the world for JSON; with a body it is a POST. Never throws: what went wrong is the refusal. */
export async function askJson<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await askWorld(path, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const said = isJson ? ((await response.json()) as T & { message?: string }) : null;
    if (response.ok && said !== null) return { ok: true, value: said };
    return { ok: false, refusal: refusalOf(response.ok ? 404 : response.status, said?.message ?? '') };
  } catch {
    return { ok: false, refusal: refusalOf(0, '') };
  }
}

interface Target {
  readonly layer: string;
  readonly key: string;
  readonly reason: string;
  /** Epoch ms of the city clock. */
  readonly until: number;
}

export const silence = (target: Target): Promise<Answer<Operation>> =>
  askJson('/api/operations/silence', target);
export const fill = (
  target: Target & { readonly column: string; readonly value: unknown },
): Promise<Answer<Operation>> => askJson('/api/operations/fill', target);
export const undo = (id: number, reason: string): Promise<Answer<Operation>> =>
  askJson('/api/operations/undo', { id, reason });

/** Active operations, newest first; null until the server answered once. */
export const operations = shallowRef<readonly Operation[] | null>(null);
export const operationsRefusal = shallowRef<Refusal | null>(null);

export async function loadOperations(): Promise<void> {
  const answer = await askJson<{ operations?: readonly Operation[] }>('/api/operations?status=active');
  operationsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) operations.value = answer.value.operations ?? [];
}

/** Operations that hold for a row now. */
export function operationsOn(layer: string, key: string): readonly Operation[] {
  return (operations.value ?? []).filter(({ body }) => body['layer'] === layer && body['key'] === key);
}
