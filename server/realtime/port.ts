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
