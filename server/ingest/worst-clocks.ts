// The wrong clocks of a feed for people: how many, and the few that are furthest off.
import type { ClockFaults, DeviceClock } from './port.ts';

/** A person reads them one by one. */
const LISTED = 20;

export class WorstClocks implements ClockFaults {
  count = 0;
  readonly worst: DeviceClock[] = [];

  add(device: DeviceClock): void {
    if (!device.isSilent) this.count += 1;
    const place = this.worst.findIndex((other) => isWorse(device, other));
    if (place >= 0) this.worst.splice(place, 0, device);
    else if (this.worst.length < LISTED) this.worst.push(device);
    if (this.worst.length > LISTED) this.worst.pop();
  }
}

function isWorse(a: DeviceClock, b: DeviceClock): boolean {
  return a.isSilent === b.isSilent ? Math.abs(a.offMs) > Math.abs(b.offMs) : b.isSilent;
}
