// Limits of alert rules as they hold and as the files say, and the changes people made of them.
import { shallowRef } from 'vue';
import type { AlertLimit, LimitedPart, RuleLimit } from '../../contracts/records/alert-rule.ts';
import { askAccess, type Reply } from './access.ts';

interface Limits {
  readonly parts: readonly LimitedPart[];
  /** Newest first. */
  readonly changes: readonly RuleLimit[];
}

/** null until the server has answered once. */
export const alertLimits = shallowRef<Limits | null>(null);
export const alertLimitsFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);

export async function loadLimits(): Promise<void> {
  const { code, message, value } = await askAccess<Limits>('GET', '/api/alert-rules/limits');
  alertLimitsFault.value = code === '' ? null : { code, message };
  if (value) alertLimits.value = value;
}

async function post(path: string, body: unknown): Promise<Reply<RuleLimit>> {
  const reply = await askAccess<RuleLimit>('POST', `/api/alert-rules/limits${path}`, body);
  if (reply.code === '') await loadLimits();
  return reply;
}

/** limit: null: that of the file again. */
export const changeLimit = (
  { rule, part }: Pick<LimitedPart, 'rule' | 'part'>,
  limit: AlertLimit | null,
  reason: string,
): Promise<Reply<RuleLimit>> => post('', { rule, part, limit, reason });
export const undoLimit = (id: number, reason: string): Promise<Reply<RuleLimit>> =>
  post('/undo', { id, reason });
