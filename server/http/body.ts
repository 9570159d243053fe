// The body of a request, bounded; as JSON where a route has a schema for it.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { CodedError } from '../../contracts/errors.ts';

/** What people say by hand is short. */
const MAX_JSON = 16 * 1024;

/** @throws CodedError record/too-large as soon as the limit is passed */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): CodedError =>
    new CodedError('record/too-large', `a body of more than ${maxBytes} bytes`);
  // Said beforehand, nothing of it is read.
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Only `application/json`: no page of another origin can send that without asking first.
 * @throws CodedError request/invalid naming the member, record/too-large
 */
export async function readJsonBody<T>(
  request: IncomingMessage,
  schema: z.ZodType<T>,
  maxBytes = MAX_JSON,
): Promise<T> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new CodedError('request/invalid', `content-type "${type}" instead of application/json`);
  }
  let value: unknown;
  const bytes = await readBody(request, maxBytes);
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new CodedError('request/invalid', `the body is no JSON: ${(error as Error).message}`);
  }
  return checked(value, schema, 'body');
}

/** @throws CodedError request/invalid naming the member */
export function checked<T>(value: unknown, schema: z.ZodType<T>, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : what);
  throw new CodedError('request/invalid', `${where}: ${issue?.message ?? 'is malformed'}`);
}
