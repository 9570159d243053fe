// What the rival sends: objects as most servers write them, with the precision the cockpit keeps.

export interface JsonObject {
  readonly id: string;
  lon: number;
  lat: number;
  headingDeg: number;
  speedKmh: number;
  /** Epoch ms. */
  validAt: number;
}

export interface JsonDelta {
  readonly tick: number;
  readonly at: number;
  readonly objects: readonly JsonObject[];
}
