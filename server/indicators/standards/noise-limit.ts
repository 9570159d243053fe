// Limits of noise by zone and time of day (GB 3096-2008), out of the city's dated thresholds.
import { noiseStation } from '../../../contracts/layers/noise-station.ts';
import type { View } from '../define.ts';
import { limitsInForce } from '../score.ts';

export interface NoiseLimits {
  readonly isNight: boolean;
  /** dB(A) by the code of the zone column; NaN for zones without a limit. */
  limitOf(zone: string | null): number;
}

/** null: no set counts today. */
export function noiseLimits(view: View): NoiseLimits | null {
  const { day, hour } = view.local();
  const rules = limitsInForce(view.city.thresholds.noise, day);
  if (!rules) return null;
  const [from, to] = rules.nightHours;
  const isNight = hour >= from || hour < to;
  const zones: Readonly<Record<string, { dayDbA: number; nightDbA: number } | undefined>> = rules.zones;
  const limitOf = (zone: string | null): number => {
    const limits = zone === null ? undefined : zones[zone];
    return (isNight ? limits?.nightDbA : limits?.dayDbA) ?? NaN;
  };
  return { isNight, limitOf };
}

/** Calls `found` for each usable station with whether it is over its limit now. */
export function scanNoise(
  view: View,
  limits: NoiseLimits,
  found: (region: number, over: boolean) => void,
): void {
  const table = view.table(noiseStation);
  const [zone, leq] = [table.column('zone'), table.column('leqDbA')];
  view.scan(noiseStation, (slot, region) => {
    const over = leq.get(slot) - limits.limitOf(zone.get(slot));
    if (Number.isNaN(over)) return false;
    found(region, over > 0);
    return true;
  });
}
