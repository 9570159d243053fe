// The Socket.IO event of a peer that sends each changed object, written as short as people write it, and its client.
import type { FleetTable } from '../fleet.ts';

interface DeltaObject {
  readonly id: string;
  lon: number;
  lat: number;
  heading: number;
  speed: number;
}

/** `42["delta",[…]]`, coordinates to five decimals. */
export function jsonDelta(table: FleetTable): string {
  const place = table.column('position');
  const headings = table.column('headingDeg');
  const speeds = table.column('speedKmh');
  const changed: DeltaObject[] = [];
  for (let i = 0; i < table.changedCount; i++) {
    const slot = table.changedSlots[i] as number;
    changed.push({
      id: table.keyAt(slot),
      lon: place.lon(slot),
      lat: place.lat(slot),
      heading: headings.get(slot),
      speed: speeds.get(slot),
    });
  }
  return `42["delta",${JSON.stringify(changed)}]`;
}

/** What a peer's client keeps. */
export class JsonMirror {
  readonly #objects = new Map<string, DeltaObject>();

  apply(message: string): void {
    const [, changed] = JSON.parse(message.slice(2)) as [string, DeltaObject[]];
    for (const next of changed) {
      const held = this.#objects.get(next.id);
      if (!held) {
        this.#objects.set(next.id, next);
        continue;
      }
      held.lon = next.lon;
      held.lat = next.lat;
      held.heading = next.heading;
      held.speed = next.speed;
    }
  }
}
