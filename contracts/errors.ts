// The one table of error codes. A message says what failed with the value, where, and what to do.

export const errorCodes = {
  // frames
  'frame/truncated': 'the bytes end before the frame does: ask for a key frame',
  'frame/corrupt': 'the checksum or a count does not fit: ask for a key frame',
  'frame/version': 'made by another protocol version: reload the page or update the decoder',
  'frame/schema': 'the columns differ from this build: reload the page',
  'frame/layer': 'the layer is unknown to this build: reload the page',
  'frame/stream': 'the frame belongs to another world, label class or kind of stream: subscribe again',
  'frame/gap': 'ticks are missing before this frame: ask for a key frame',
  'frame/value': 'a value does not fit its column',
  // records at the door
  'record/parse': 'the bytes are not in the format of this feed',
  'record/shape': 'a field is missing or has the wrong type',
  'record/range': 'a value is outside the possible range of its column',
  'record/enum': 'a code is not in the dictionary of its column',
  'record/time': 'the time is missing, unreadable or far from now',
  'record/place': 'the position is missing, outside the city and its surroundings, or in the wrong system',
  'record/frozen': 'the value has not changed for longer than the sensor can stand still',
  'record/jump': 'the value changed faster than nature allows',
  'record/duplicate': 'the same record came before',
  'record/unknown-device': 'the device or type is not in the city package',
  'record/signature': 'the signature, the time window or the nonce does not hold',
  'record/too-large': 'the message is larger than this feed may send',
  // transport
  'feed/unreachable': 'the source does not answer',
  'feed/timeout': 'the source did not answer in time',
  'feed/status': 'the source answered with an error status',
  'feed/protocol': 'the source does not keep to its protocol',
  'feed/breaker-open': 'too many failures in a row: waiting before the next try',
  // requests
  'request/invalid': 'the request does not fit its schema',
  'request/forbidden': 'this subject may not do that',
  'request/not-found': 'there is no such thing',
  'request/conflict': 'it is so already, or cannot be done any more: read the list again',
  'request/too-many': 'too many requests: slow down',
  'request/unavailable': 'this server is not set up for it: see its settings',
  // worlds beside the live one
  'world/not-live': 'only the live world may reach people and systems outside',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error with a code of the table. `detail` names the value and the place. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail: string) {
    super(`${detail}: ${errorCodes[code]} [${code}]`);
    this.name = 'CodedError';
    this.code = code;
  }
}
