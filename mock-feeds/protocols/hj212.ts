// HJ 212-2005 and HJ 212-2017, the data logger's side: frames, CRC, upload commands and the answers to them.

export type Hj212Version = '2005' | '2017';

/** Eight shifts of CRC-16, for each byte. */
const CRC_STEPS = new Uint16Array(256);
for (let b = 0; b < 256; b++) {
  let reg = b;
  for (let i = 0; i < 8; i++) {
    const low = reg & 1;
    reg >>= 1;
    if (low === 1) reg ^= 0xa001;
  }
  CRC_STEPS[b] = reg;
}

/** CRC-16 of HJ 212 appendix A over the data segment. */
export function crc16(bytes: Buffer): number {
  let reg = 0xffff;
  for (let i = 0; i < bytes.length; i++) reg = CRC_STEPS[(reg >> 8) ^ (bytes[i] as number)] as number;
  return reg;
}

/** `##` + length + data segment + CRC + CRLF. */
export function encodeFrame(segment: string): Buffer {
  const bytes = Buffer.from(segment, 'utf8');
  const crc = crc16(bytes).toString(16).toUpperCase().padStart(4, '0');
  return Buffer.from(`##${String(bytes.length).padStart(4, '0')}${segment}${crc}\r\n`, 'utf8');
}

export interface Upload {
  version: Hj212Version;
  /** Moment of the request, local digits yyyyMMddHHmmsszzz: identifies it. */
  qn: string;
  st: string;
  cn: string;
  mn: string;
  /** Ask for an answer (Flag bit 0). */
  acknowledge: boolean;
  /** Time of the data, local digits yyyyMMddHHmmss. */
  dataTime: string;
  /** Per factor: suffix → value, e.g. {Rtd: '7.82', Flag: 'N'}. */
  factors: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Password field of simulated loggers; the real one is agreed between logger and platform. */
const PASSWORD = '123456';
/** Version bits 000001 of HJ 212-2017 in Flag; 2005 has none. */
const VERSION_FLAG = { '2005': 0, '2017': 4 } as const;

export function encodeUpload(u: Upload): Buffer {
  const factors = Object.entries(u.factors).map(([code, values]) =>
    Object.entries(values)
      .map(([suffix, value]) => `${code}-${suffix}=${value}`)
      .join(','),
  );
  const cp = [`DataTime=${u.dataTime}`, ...factors].join(';');
  const flag = VERSION_FLAG[u.version] + (u.acknowledge ? 1 : 0);
  const head = `QN=${u.qn};ST=${u.st};CN=${u.cn};PW=${PASSWORD};MN=${u.mn};Flag=${flag};`;
  return encodeFrame(`${head}CP=&&${cp}&&`);
}

export interface Hj212Message {
  fields: Readonly<Record<string, string>>;
  cp: Readonly<Record<string, string>>;
}

export function parseSegment(segment: string): Hj212Message {
  const match = /^(.*?);?CP=&&(.*)&&$/s.exec(segment);
  const pairs = (text: string): Record<string, string> =>
    Object.fromEntries(
      text
        .split(/[;,]/)
        .filter((pair) => pair.includes('='))
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
  return { fields: pairs(match?.[1] ?? segment), cp: pairs(match?.[2] ?? '') };
}

/** Answer of the logger to a request of the platform: 9011 with QnRtn 1 (ready) or 2 (rejected). */
export function requestAnswer(request: Hj212Message, qnRtn: 1 | 2): Buffer {
  const { QN = '', MN = '' } = request.fields;
  return encodeFrame(`QN=${QN};ST=91;CN=9011;PW=${PASSWORD};MN=${MN};Flag=4;CP=&&QnRtn=${qnRtn}&&`);
}

/** Splits a TCP stream into segments whose length and CRC are right. */
export function createSegmentReader(onSegment: (message: Hj212Message) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const start = rest.indexOf('##');
      if (start < 0) {
        if (rest.length > 8192) rest = Buffer.alloc(0);
        return;
      }
      const length = Number(rest.toString('latin1', start + 2, start + 6));
      if (rest.length < start + 6) return;
      if (!Number.isInteger(length)) {
        rest = rest.subarray(start + 2);
        continue;
      }
      const end = start + 6 + length + 4;
      if (rest.length < end) return;
      const segment = rest.subarray(start + 6, start + 6 + length);
      const stated = Number.parseInt(rest.toString('latin1', end - 4, end), 16);
      if (crc16(segment) === stated) onSegment(parseSegment(segment.toString('utf8')));
      rest = rest.subarray(end);
    }
  };
}
