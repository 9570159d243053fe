// WGS-84 in earth-centred coordinates, and the point that tells whether a tile hides behind the horizon.

const A = 6378137;
const B = 6356752.3142451793;
const E2 = 1 - (B * B) / (A * A);

export type Vector = [x: number, y: number, z: number];

/** Degrees and metres above the ellipsoid to earth-centred metres. */
export function toEarth(lon: number, lat: number, heightM: number): Vector {
  const l = (lon * Math.PI) / 180;
  const p = (lat * Math.PI) / 180;
  const n = A / Math.sqrt(1 - E2 * Math.sin(p) ** 2);
  return [
    (n + heightM) * Math.cos(p) * Math.cos(l),
    (n + heightM) * Math.cos(p) * Math.sin(l),
    (n * (1 - E2) + heightM) * Math.sin(p),
  ];
}

/** A direction given east, north, up at a place, turned into earth-centred axes. */
export function turnToEarth(lon: number, lat: number, [east, north, up]: Vector): Vector {
  const l = (lon * Math.PI) / 180;
  const p = (lat * Math.PI) / 180;
  return [
    -Math.sin(l) * east - Math.sin(p) * Math.cos(l) * north + Math.cos(p) * Math.cos(l) * up,
    Math.cos(l) * east - Math.sin(p) * Math.sin(l) * north + Math.cos(p) * Math.sin(l) * up,
    Math.cos(p) * north + Math.sin(p) * up,
  ];
}

// A tile of half the earth has no such point; this one is far enough never to be hidden (earth radii).
const NEVER_HIDDEN = 1000;

/** Horizon occlusion point in space scaled by the radii (Cozzi & Ring 2011, 3D Engine Design for Virtual Globes). */
export function occlusionPoint(centre: Vector, points: Vector[]): Vector {
  const toward = scaled(centre);
  const length = Math.hypot(...toward) || 1;
  const dir: Vector = [toward[0] / length, toward[1] / length, toward[2] / length];
  let farthest = 0;
  for (const point of points) {
    const q = scaled(point);
    const size = Math.hypot(...q);
    const magnitude = Math.max(1, size);
    const cosA = (q[0] * dir[0] + q[1] * dir[1] + q[2] * dir[2]) / size;
    const sinA = Math.sqrt(Math.max(0, 1 - cosA * cosA));
    const cosB = 1 / magnitude;
    const sinB = Math.sqrt(magnitude * magnitude - 1) * cosB;
    const reach = cosA * cosB - sinA * sinB;
    farthest = Math.max(farthest, reach <= 1 / NEVER_HIDDEN ? NEVER_HIDDEN : 1 / reach);
  }
  return [dir[0] * farthest, dir[1] * farthest, dir[2] * farthest];
}

function scaled([x, y, z]: Vector): Vector {
  return [x / A, y / A, z / B];
}
