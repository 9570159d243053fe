// HJ 212-2005 and -2017 as the platform hears it: uploads of data loggers → rows of `outfall`, and answers.
import { outfall } from '../../../contracts/layers/outfall.ts';
import type { Sink } from '../../kit/feed.ts';
import { parseCompactTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';
import { readFactors } from './factors.ts';
import { encodeFrame, readFrames } from './frame.ts';
import { WANTS_ANSWER, createParts, parseCp, parseSegment } from './segment.ts';
import type { CpValues, Segment } from './segment.ts';

/** Systems of an outfall: waste gas and waste water sources. */
const SOURCES = new Set(['31', '32']);

/** Uploads of values: field of the value, seconds that it covers. */
const UPLOADS: Readonly<Record<string, { readonly field: 'Rtd' | 'Avg'; readonly spanS: number }>> = {
  2011: { field: 'Rtd', spanS: 0 },
  2051: { field: 'Avg', spanS: 600 },
  2061: { field: 'Avg', spanS: 3600 },
  2031: { field: 'Avg', spanS: 86_400 },
};

/** What a logger sends besides values, by name for the counts. */
const OTHERS: Readonly<Record<string, string>> = {
  1011: 'time of the logger',
  1013: 'request to set the time',
  1061: 'interval of realtime values',
  1063: 'interval of minute values',
  2021: 'state of equipment',
  2041: 'running time of equipment',
  3019: 'serial number of a device',
  3020: 'log of a device',
  3021: 'settings of a device',
  9011: 'answer to a request',
  9012: 'result of a request',
  9013: 'answer to a notice',
  9014: 'answer to data',
  9015: 'heartbeat',
};

/** Means are read only from loggers that have sent no realtime value for this long. */
const REALTIME_HOLDS_MS = 600_000;
/** Devices whose last realtime value is remembered. */
const MAX_DEVICES = 20_000;

export interface Hj212Reading {
  readonly sink: Sink;
  /** Row of `stations/outfalls.csv`, or null. */
  readonly station: (mn: string) => Readonly<Record<string, string>> | null;
  /** Minutes ahead of UTC of the loggers' clocks; China: 480. */
  readonly utcOffsetMin: number;
  /** Where set, uploads with another PW are rejected. */
  readonly password: string | null;
  readonly answer: (frame: Uint8Array) => void;
  readonly now: () => number;
}

export interface Hj212Reader {
  /** Reads every complete frame → bytes consumed. */
  read(bytes: Uint8Array): number;
}

/** One connection: a logger, or a forwarder of many. */
export function createHj212Reader(reading: Hj212Reading): Hj212Reader {
  const { sink } = reading;
  const parts = createParts();
  const realtimeAt = new Map<string, number>();

  const onSegment = (bytes: Uint8Array): void => {
    const segment = parseSegment(Buffer.from(bytes).toString('latin1'));
    if (!segment)
      return sink.reject('record/parse', 'data segment without CN, MN, Flag or CP', bytes.slice());
    if (segment.flag & WANTS_ANSWER) reading.answer(answerTo(segment));
    const upload = UPLOADS[segment.cn];
    if (!upload) return sink.ignore(nameOfCommand(segment.cn));
    if (!SOURCES.has(segment.st))
      return sink.ignore(`uploads of system ${/^\d{2}$/.test(segment.st) ? segment.st : '?'}`);
    if (reading.password !== null && segment.pw !== reading.password) {
      return sink.reject(
        'record/signature',
        `PW of MN ${segment.mn.slice(0, 40)} does not fit`,
        bytes.slice(),
      );
    }
    const cp = parts.add(segment);
    if (cp === 'refused')
      return sink.reject('record/parse', `part ${segment.part} of ${segment.parts}`, bytes.slice());
    if (cp === null) return;
    if (upload.field === 'Rtd') remember(realtimeAt, segment.mn, reading.now());
    else if (reading.now() - (realtimeAt.get(segment.mn) ?? -Infinity) < REALTIME_HOLDS_MS) {
      return sink.ignore(`means beside realtime values, CN ${segment.cn}`);
    }
    putUpload(segment, parseCp(cp), { ...reading, ...upload, raw: bytes });
  };
  return { read: (bytes) => readFrames(bytes, sink, onSegment) };
}

interface Upload extends Hj212Reading {
  readonly field: 'Rtd' | 'Avg';
  readonly spanS: number;
  readonly raw: Uint8Array;
}

function putUpload(segment: Segment, cp: CpValues, upload: Upload): void {
  const { sink, raw } = upload;
  const station = upload.station(segment.mn);
  if (!station) return sink.reject('record/unknown-device', `MN ${segment.mn.slice(0, 40)}`, raw.slice());
  const text = cp.fields.get('DataTime') ?? '';
  const from = parseCompactTime(text, upload.utcOffsetMin);
  if (Number.isNaN(from)) return sink.reject('record/time', `DataTime "${text.slice(0, 40)}"`, raw.slice());
  const reading = readFactors(cp.factors, { sink, field: upload.field, station, raw });
  if (reading.read === 0) return sink.ignore('upload without a factor of the layer');
  const lon = Number(station['lon'] || NaN);
  const lat = Number(station['lat'] || NaN);
  sink.put(outfall, {
    id: segment.mn,
    // A mean is stamped with the start of its span and is true at the end of it.
    validAt: from + upload.spanS * 1000,
    quality: reading.quality,
    values: {
      ...(Number.isNaN(lon) || Number.isNaN(lat) ? {} : { position: [lon, lat] as const }),
      name: clip(station['name'] ?? segment.mn, 80),
      kind: segment.st === '31' ? 'air' : 'water',
      ...reading.values,
      exceed: reading.exceed,
      flag: reading.flag,
    },
  });
}

/** 9013 to a notice, 9014 to data; version bits as the logger's. */
function answerTo(segment: Segment): Buffer {
  const cn = segment.cn === '1013' ? '9013' : '9014';
  const flag = segment.flag & 0xfc;
  const head = `QN=${segment.qn};ST=91;CN=${cn};PW=${segment.pw};MN=${segment.mn};Flag=${flag};`;
  return encodeFrame(`${head}CP=&&&&`);
}

function nameOfCommand(cn: string): string {
  if (!/^\d{4}$/.test(cn)) return 'command that is no number';
  const name = OTHERS[cn];
  return name === undefined ? `CN ${cn}` : `CN ${cn} ${name}`;
}

function remember(devices: Map<string, number>, mn: string, at: number): void {
  devices.delete(mn);
  devices.set(mn, at);
  const oldest = devices.size > MAX_DEVICES ? devices.keys().next().value : undefined;
  if (oldest !== undefined) devices.delete(oldest);
}
