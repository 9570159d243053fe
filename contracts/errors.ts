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
  // recordings
  'recording/foreign': 'this is no recording of a cockpit: choose a .cockpit file',
  'recording/version': 'made by a newer build: open it there, or update this one',
  'recording/truncated':
    'the file ends before the recording does: copy it again; what is whole of it can be watched',
  'recording/damaged':
    'a checksum or a count does not fit: copy the file again; what comes before can be watched',
  // records of people (server/store)
  'store/locked': 'another process holds these records: stop the other server of this data folder',
  'store/full': 'there is no room: free space, it goes on by itself; nothing of this was stored',
  'store/newer': 'written by a newer version: start that version, or restore the copy made before the update',
  'store/damaged': 'the records do not hold: run npm run verify, and restore a backup',
  'store/unreachable': 'the store does not answer: it is tried again by itself; nothing of this was stored',
  'store/failed': 'the store refused: see the log of the server; nothing of this was stored',
  // requests
  'request/invalid': 'the request does not fit its schema',
  'request/forbidden': 'this subject may not do that',
  'request/not-found': 'there is no such thing',
  'request/conflict': 'it is so already, or cannot be done any more: read the list again',
  'request/too-many': 'too many requests: slow down',
  'request/unavailable': 'this server is not set up for it: see its settings',
  // who asks (server/access)
  'access/sign-in': 'sign in first',
  'access/refused':
    'name, password or code is wrong, or the account is locked or disabled: see docs/access.md',
  'access/locked': 'too many failed attempts: wait half an hour, or ask who keeps the accounts',
  'access/code': 'the account asks for a second factor: give the six digits as well',
  'access/step-up': 'say once more who you are, by POST /api/session/step-up, then ask again',
  'access/password': 'the new password does not fit the rules: docs/access.md',
  'access/must-change': 'choose a password of your own first',
  'access/must-enrol':
    'set a second factor first, by GET and POST /api/session/totp: this role is not held without',
  'access/origin': 'the request comes from a page of another address',
  'access/approval':
    'a second person must approve this export: ask for it with a reason by POST /api/exports',
  'access/duties': 'the duties are kept apart: docs/access.md',
  // worlds beside the live one
  'world/not-live': 'only the live world may reach people and systems outside',
  // what leaves the city (server/outbound)
  'outbound/unreachable': 'the gateway does not answer: it is tried again by itself',
  'outbound/timeout': 'the gateway did not answer in time: it is tried again by itself',
  'outbound/status': 'the gateway cannot take it now: it is tried again by itself',
  'outbound/refused': 'the gateway refuses it: see its answer, then try again by hand',
  'outbound/host': 'the host is not allowed: add it to outbound.hosts of the settings',
  'outbound/address': 'there is no address for this recipient: add it to outbound.addresses of the settings',
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
