// Addresses of this server as whoever asks reaches it: absolute, as clients pass them on.
import type { Request } from 'express';

/** '' where the request does not say it credibly. */
export function originOf(request: Request): string {
  const host = request.get('host') ?? '';
  return /^[\w.:[\]-]+$/.test(host) ? `${request.protocol}://${host}` : '';
}

/** Of a path, in the world the request is about. */
export function addressIn(request: Request, path: string): string {
  const { world } = request.query;
  return withQuery(`${originOf(request)}${path}`, typeof world === 'string' ? { world } : {});
}

/** The same address with further or other members of its query; null takes one out. */
export function withQuery(
  address: string,
  ...changes: readonly Readonly<Record<string, string | number | null>>[]
): string {
  const [page = '', own] = address.split('?');
  const members = new URLSearchParams(own);
  for (const [name, value] of changes.flatMap((change) => Object.entries(change))) {
    if (value === null) members.delete(name);
    else members.set(name, String(value));
  }
  const text = members.toString();
  return text === '' ? page : `${page}?${text}`;
}
