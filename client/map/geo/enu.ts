// Metres east and north of the city's origin. The plane is the tangent plane of WGS-84 at the origin; how far the ground
// falls away from it (d²/2R) is left to whoever draws. Exact in x and y; pure, used on the page and in the worker.

const A = 6_378_137;
const E2 = 6.694_379_990_141_3e-3;
const RAD = Math.PI / 180;
/** Mean radius for the drop of the ground below the tangent plane; its error is 4 m at 100 km. */
export const EARTH_RADIUS_M = 6_368_000;

export class LocalFrame {
  readonly origin: readonly [lon: number, lat: number];
  private readonly sinLon: number;
  private readonly cosLon: number;
  private readonly sinLat: number;
  private readonly cosLat: number;
  private readonly n0: number;

  constructor(origin: readonly [lon: number, lat: number]) {
    this.origin = origin;
    this.sinLon = Math.sin(origin[0] * RAD);
    this.cosLon = Math.cos(origin[0] * RAD);
    this.sinLat = Math.sin(origin[1] * RAD);
    this.cosLat = Math.cos(origin[1] * RAD);
    this.n0 = A / Math.sqrt(1 - E2 * this.sinLat * this.sinLat);
  }

  /** Writes east and north of (lon, lat) on the ellipsoid into `out[0]`, `out[1]`. */
  project(lon: number, lat: number, out: Float32Array | number[]): void {
    const sinLat = Math.sin(lat * RAD);
    const cosLat = Math.cos(lat * RAD);
    const sinD = Math.sin(lon * RAD) * this.cosLon - Math.cos(lon * RAD) * this.sinLon;
    const cosD = Math.cos(lon * RAD) * this.cosLon + Math.sin(lon * RAD) * this.sinLon;
    const n = A / Math.sqrt(1 - E2 * sinLat * sinLat);
    const p = n * cosLat;
    const z = n * (1 - E2) * sinLat - this.n0 * (1 - E2) * this.sinLat;
    const across = p * cosD - this.n0 * this.cosLat;
    out[0] = p * sinD;
    out[1] = z * this.cosLat - across * this.sinLat;
  }

  toEnu(lon: number, lat: number): [east: number, north: number] {
    const out = [0, 0];
    this.project(lon, lat, out);
    return [out[0] ?? 0, out[1] ?? 0];
  }

  /** Degrees of a point of the plane; two Newton steps, exact to centimetres within 300 km. */
  toLonLat(east: number, north: number): [lon: number, lat: number] {
    let lon = this.origin[0] + east / (this.n0 * this.cosLat * RAD);
    let lat = this.origin[1] + north / (A * (1 - E2) * RAD);
    const at = [0, 0];
    for (let step = 0; step < 4; step++) {
      this.project(lon, lat, at);
      lon += (east - (at[0] ?? 0)) / (this.n0 * Math.cos(lat * RAD) * RAD);
      lat += (north - (at[1] ?? 0)) / (A * (1 - E2) * RAD);
    }
    return [lon, lat];
  }
}
