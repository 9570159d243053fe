// How long it took to arrive, of the calls where somebody has arrived.
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import type { View } from '../define.ts';

const MINUTE_MS = 60_000;

/** Samples arrival − acceptance, minutes, of the calls of a channel that are at "arrived" now. */
export function sampleArrivals(view: View, of: '110' | '119' | '120'): void {
  const table = view.table(emergencyCall);
  const [channel, status] = [table.column('channel'), table.column('status')];
  const acceptedAt = table.column('acceptedAt');
  const visit = (slot: number, region: number): boolean => {
    const took = ((table.validAt[slot] as number) - acceptedAt.get(slot)) / MINUTE_MS;
    if (!(took >= 0)) return false;
    view.sample(region, took);
    return true;
  };
  view.scan(emergencyCall, visit, {
    wants: (slot) => channel.get(slot) === of && status.get(slot) === 'arrived',
  });
}
