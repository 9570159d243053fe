// Navigable reaches: rivers between their outermost ports. Which rivers carry ships is read from where ports are.
import type { City, Place } from '../city/city.ts';
import { createPath, project, type Path } from '../engine/geo.ts';

export interface Port {
  name: string;
  alongM: number;
}

export interface Waterway {
  name: string;
  path: Path;
  ports: Port[];
}

/** A port lies at most this far from the centre line of its river. */
const PORT_REACH_M = 3_000;

/** Waterways in order of their ports along the stream; a river with one port is navigable 4 km either way. */
export function createWaterways(city: City): Waterway[] {
  const reaches = city.rivers.map((river): Waterway => ({
    name: river.name,
    path: createPath(river.points),
    ports: [],
  }));
  const ports = city.places.filter((place: Place) => /^(port|wharf|pier|ferry)/.test(place.kind));
  for (const port of ports) {
    let best: { reach: Waterway; alongM: number; awayM: number } | null = null;
    for (const reach of reaches) {
      const foot = project(reach.path, port.position);
      if (best === null || foot.awayM < best.awayM) best = { reach, ...foot };
    }
    if (best !== null && best.awayM < PORT_REACH_M)
      best.reach.ports.push({ name: port.name, alongM: best.alongM });
  }
  for (const reach of reaches) {
    reach.ports.sort((a, b) => a.alongM - b.alongM);
    const only = reach.ports[0];
    if (reach.ports.length === 1 && only !== undefined) {
      reach.ports.push({ name: only.name, alongM: Math.min(reach.path.lengthM, only.alongM + 4_000) });
    }
  }
  return reaches.filter((reach) => reach.ports.length > 1);
}
