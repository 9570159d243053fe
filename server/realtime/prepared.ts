// A packet as it leaves: its WebSocket frame (RFC 6455, binary, final, unmasked) is built once for everybody it goes to.

/** What Engine.IO is told with a message; it writes the frame as it is where one is given. */
export interface WriteOptions {
  compress: boolean;
  readonly wsPreEncodedFrame: readonly Buffer[];
}

export interface Prepared {
  /** The message: a view into the frame. */
  readonly bytes: Buffer;
  readonly options: WriteOptions;
}

const FINAL_BINARY = 0x82;
/** Longest payload a header of 2 and of 4 bytes can tell. */
const [SHORT, MIDDLE] = [125, 0xffff];

export function prepare(message: Uint8Array): Prepared {
  const length = message.byteLength;
  const head = length <= SHORT ? 2 : length <= MIDDLE ? 4 : 10;
  const frame = Buffer.allocUnsafeSlow(head + length);
  frame[0] = FINAL_BINARY;
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(length, 2);
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(message, head);
  return { bytes: frame.subarray(head), options: { compress: false, wsPreEncodedFrame: [frame] } };
}
