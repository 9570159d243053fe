// JT/T 808-2013 and -2019 as the platform hears it: messages of terminals → rows of `vehicle-position` and answers.
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import type { Sink } from '../../kit/feed.ts';
import { createFrameReader, encodeFrame } from './frame.ts';
import type { FrameReader, Message } from './frame.ts';
import { createParts } from './parts.ts';
import { putPosition } from './position.ts';
import type { VehicleKind } from './position.ts';

const TERMINAL_REPLY = 0x0001;
const HEARTBEAT = 0x0002;
const LOGOUT = 0x0003;
const REGISTER = 0x0100;
const AUTHENTICATE = 0x0102;
const POSITION = 0x0200;
const POSITION_ANSWER = 0x0201;
const POSITION_BATCH = 0x0704;
const PLATFORM_REPLY = 0x8001;
const REGISTER_REPLY = 0x8100;

/** Results of the general platform reply. */
const DONE = 0;
const MALFORMED = 2;
const NOT_SUPPORTED = 3;

/** Messages that may come in sub-packages and are used. */
const JOINED = new Set([REGISTER, POSITION, POSITION_ANSWER, POSITION_BATCH]);

/** Bytes before the plate in a registration: region, maker, model, terminal id, plate colour. */
const REGISTRATION_2019 = { modelAt: 15, modelEnd: 45, length: 76 };
const REGISTRATION_2013 = { modelAt: 9, modelEnd: 29, length: 37 };
/** JT/T 808-2011, still in the field: a model of 8 bytes. */
const REGISTRATION_2011 = { modelAt: 9, modelEnd: 17, length: 25 };

/** What all connections of the feed share. */
export interface Fleet {
  kindOf(terminal: string): VehicleKind;
  learn(terminal: string, kind: VehicleKind): void;
}

/** Terminals whose kind is remembered; the oldest registration is forgotten first. */
const MAX_TERMINALS = 500_000;

export function createFleet(): Fleet {
  const kinds = new Map<string, VehicleKind>();
  return {
    kindOf: (terminal) => kinds.get(terminal) ?? 'unknown',
    learn(terminal, kind) {
      kinds.delete(terminal);
      kinds.set(terminal, kind);
      const oldest = kinds.size > MAX_TERMINALS ? kinds.keys().next().value : undefined;
      if (oldest !== undefined) kinds.delete(oldest);
    },
  };
}

export interface Jtt808Reading {
  readonly sink: Sink;
  readonly fleet: Fleet;
  /** Sends an answer to the terminal. */
  readonly answer: (frame: Uint8Array) => void;
  readonly now: () => number;
}

/** One connection: a terminal, or a forwarder of many. */
export function createJtt808Reader(reading: Jtt808Reading): FrameReader {
  const { sink, answer } = reading;
  const parts = createParts();
  let serial = 0;

  const reply = (message: Message, result: number): void => {
    const body = Buffer.allocUnsafe(5);
    body.writeUInt16BE(message.serial, 0);
    body.writeUInt16BE(message.id, 2);
    body[4] = result;
    answer(encodeFrame(message, { id: PLATFORM_REPLY, serial: serial++, body }));
  };
  const welcome = (message: Message, kind: VehicleKind): void => {
    const body = Buffer.concat([
      Buffer.of(message.serial >> 8, message.serial & 255, DONE),
      Buffer.from(codeOf(kind)),
    ]);
    answer(encodeFrame(message, { id: REGISTER_REPLY, serial: serial++, body }));
  };

  return createFrameReader(sink, (message) => {
    if (message.encrypted) {
      sink.ignore('encrypted message');
      return reply(message, NOT_SUPPORTED);
    }
    if (message.parts > 0 && JOINED.has(message.id)) {
      const whole = parts.add(message);
      if (whole === 'refused') {
        sink.reject('record/parse', `sub-package ${message.part} of ${message.parts}`, message.raw);
        return reply(message, MALFORMED);
      }
      if (whole === null) return reply(message, DONE);
      message.body = whole;
    }
    handle(message, reading, { reply, welcome });
  });
}

interface Answers {
  reply(message: Message, result: number): void;
  welcome(message: Message, kind: VehicleKind): void;
}

function handle(message: Message, reading: Jtt808Reading, answers: Answers): void {
  const { sink, fleet } = reading;
  const { terminal, body } = message;
  switch (message.id) {
    case TERMINAL_REPLY:
      return sink.ignore('terminal reply');
    case HEARTBEAT:
      sink.ignore('heartbeat');
      return answers.reply(message, DONE);
    case LOGOUT:
      sink.remove(vehiclePosition, terminal, 'gone', reading.now());
      return answers.reply(message, DONE);
    case REGISTER: {
      const kind = kindOfRegistration(message);
      if (kind === null) {
        sink.reject('record/shape', `registration of ${body.length} bytes`, message.raw);
        return answers.reply(message, MALFORMED);
      }
      fleet.learn(terminal, kind);
      return answers.welcome(message, kind);
    }
    case AUTHENTICATE: {
      const kind = kindOfCode(message);
      if (kind !== null) fleet.learn(terminal, kind);
      return answers.reply(message, DONE);
    }
    case POSITION:
      putPosition(body, { at: 0, end: body.length }, { terminal, kind: fleet.kindOf(terminal), sink });
      return answers.reply(message, DONE);
    case POSITION_ANSWER:
      return putPosition(body, { at: 2, end: body.length }, { terminal, kind: fleet.kindOf(terminal), sink });
    case POSITION_BATCH:
      return answers.reply(message, readBatch(message, reading) ? DONE : MALFORMED);
    default:
      sink.ignore(nameOfMessage(message.id));
      return answers.reply(message, NOT_SUPPORTED);
  }
}

/** Messages of terminals in JT/T 808-2013 and -2019 that carry nothing for the layer. */
const OTHERS = new Set([
  0x0004, 0x0005, 0x0104, 0x0107, 0x0108, 0x0301, 0x0302, 0x0303, 0x0500, 0x0608, 0x0700, 0x0701, 0x0702,
  0x0705, 0x0800, 0x0801, 0x0802, 0x0805, 0x0900, 0x0901, 0x0a00,
]);

function nameOfMessage(id: number): string {
  return OTHERS.has(id) ? `message 0x${id.toString(16).padStart(4, '0')}` : 'message outside the standard';
}

/** Count, kind of batch, then reports with their lengths. → false where the lengths do not fit. */
function readBatch(message: Message, { sink, fleet }: Jtt808Reading): boolean {
  const { body, terminal } = message;
  const report = { terminal, kind: fleet.kindOf(terminal), sink };
  const count = body.length >= 3 ? body.readUInt16BE(0) : 0;
  let at = 3;
  for (let index = 0; index < count; index++) {
    const end = at + 2 <= body.length ? at + 2 + body.readUInt16BE(at) : Infinity;
    if (end > body.length) {
      sink.reject('record/shape', `batch: report ${index + 1} of ${count} ends beyond it`, message.raw);
      return false;
    }
    putPosition(body, { at: at + 2, end }, report);
    at = end;
  }
  if (count > 0 && at === body.length) return true;
  sink.reject('record/shape', `batch of ${body.length} bytes with ${count} reports`, message.raw);
  return false;
}

/** The terminal model names the kind of vehicle (docs/upstreams.md). */
const KIND_OF_MODEL: Readonly<Record<string, VehicleKind>> = {
  TAXI: 'taxi',
  HAZMAT: 'hazmat',
  COACH: 'coach',
  TRUCK: 'truck',
  MUCK: 'muck',
  OFFICIAL: 'official',
  AMBULANCE: 'ambulance',
  FIRE: 'fire_engine',
  FIRE_ENGINE: 'fire_engine',
  RESCUE: 'rescue',
};

function kindOfRegistration({ body, version2019 }: Message): VehicleKind | null {
  const layouts = version2019 ? [REGISTRATION_2019] : [REGISTRATION_2013, REGISTRATION_2011];
  const layout = layouts.find(({ length }) => body.length >= length);
  if (!layout) return null;
  const model = body
    .toString('latin1', layout.modelAt, layout.modelEnd)
    .replaceAll('\0', '')
    .trim()
    .toUpperCase();
  return Object.hasOwn(KIND_OF_MODEL, model) ? (KIND_OF_MODEL[model] ?? 'unknown') : 'unknown';
}

/** Our authentication code carries the kind, so that it survives our restarts: terminals register only once. */
const CODE = /^LC-([a-z_]{2,20})$/;

function codeOf(kind: VehicleKind): string {
  return `LC-${kind}`;
}

/** 2013: the code alone; 2019: its length, the code, IMEI and software version. */
function kindOfCode({ body, version2019 }: Message): VehicleKind | null {
  const code = version2019 ? body.toString('latin1', 1, 1 + (body[0] ?? 0)) : body.toString('latin1');
  const kind = CODE.exec(code.replaceAll('\0', ''))?.[1] ?? '';
  return Object.values(KIND_OF_MODEL).find((known) => known === kind) ?? null;
}
