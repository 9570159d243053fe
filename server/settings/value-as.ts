// A value out of a request or a log as its schema says.
import type { z } from 'zod';
import { CodedError } from '../../contracts/errors.ts';

/** @throws CodedError request/invalid naming the member */
export function valueAs<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = ['value', ...(issue?.path ?? [])].map(String).join('.');
  throw new CodedError('request/invalid', `${where}: ${issue?.message ?? 'does not fit'}`);
}
