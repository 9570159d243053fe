// What other areas see of the live side.
export interface RealtimeReport {
  readonly clients: number;
  readonly streams: number;
  readonly groups: number;
  readonly framesSent: number;
  readonly bytesSent: number;
  readonly skippedPackets: number;
  readonly keyPackets: number;
}

/** How the clock of a world goes that does not go with the clock on the wall. */
export interface Pace {
  /** Seconds of the world in one second of life. */
  readonly speed: number;
  readonly paused: boolean;
}
