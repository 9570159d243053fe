// What every action is asked with, made comparable: what was said without what was left out, its hash, and whose it may be.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import { mayAct } from '../../contracts/records/incident-units.ts';
import type { Incident, Verb } from '../../contracts/records/incident.ts';
import type { Actor } from './port.ts';

type Said = Readonly<Record<string, unknown>>;

/** @throws CodedError request/forbidden: nothing of another area is touched */
export function requireReach({ reaches }: Actor, region: string, units: readonly string[] = []): void {
  if (!reaches(region, units)) throw new CodedError('request/forbidden', `region ${region}`);
}

/** @throws CodedError request/forbidden: it is not theirs, or this is not their part of it */
export function requireAct({ reaches }: Actor, one: Incident, verb: Verb): void {
  if (!mayAct(one, reaches, verb))
    throw new CodedError('request/forbidden', `${verb}: incident ${one.no} of region ${one.region}`);
}

/** JSON knows no undefined: what a client left out was not said. */
export const defined = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));

export const hashOf = (verb: string, said: Said): string =>
  createHash('sha256')
    .update(`${verb} ${sorted(said)}`)
    .digest('base64');

/** JSON with its keys in order: the log keeps them so, whatever order a client sent. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
