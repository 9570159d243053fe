// The rule of every port that leads out: notices, calls, gateways and screens of others belong to the live world alone.
import { CodedError } from '../../contracts/errors.ts';
import type { World } from '../../contracts/wire.ts';

/**
 * Every outbound port asks this before it sends; `what`: what would be sent, for the message.
 * @throws CodedError world/not-live
 */
export function requireLive({ id, kind }: World, what: string): void {
  if (kind !== 'live') throw new CodedError('world/not-live', `${what} of world ${id} (${kind})`);
}
