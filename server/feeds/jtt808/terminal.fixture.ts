// The terminal's side, written from the standard for the tests: shares nothing with the feed.

export interface Header {
  id: number;
  phone: string;
  serial: number;
  newer?: boolean;
  parts?: number;
  part?: number;
}

const hex = (value: number, bytes: number): string =>
  value
    .toString(16)
    .padStart(bytes * 2, '0')
    .slice(-bytes * 2);

/** `body` as hex digits → the framed message. */
export function frameOf(header: Header, body: string): Buffer {
  const newer = header.newer ?? false;
  const split = header.parts !== undefined;
  const properties = body.length / 2 + (newer ? 0x4000 : 0) + (split ? 0x2000 : 0);
  let text = hex(header.id, 2) + hex(properties, 2) + (newer ? '01' : '');
  text += header.phone.padStart(newer ? 20 : 12, '0') + hex(header.serial, 2);
  if (split) text += hex(header.parts ?? 0, 2) + hex(header.part ?? 0, 2);
  const bytes = [...Buffer.from(text + body, 'hex')];
  bytes.push(bytes.reduce((code, byte) => code ^ byte, 0));
  const escaped = bytes.flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte]));
  return Buffer.from([0x7e, ...escaped, 0x7e]);
}

export interface Report {
  alarm: number;
  status: number;
  /** Micro-degrees, always positive: the status says south and west. */
  lat: number;
  lon: number;
  altitude: number;
  speed: number;
  heading: number;
  /** YYMMDDhhmmss at UTC+8. */
  time: string;
}

/** → hex digits of a 0x0200 body; `items` are appended as they are. */
export function reportOf(report: Report, items = ''): string {
  return (
    hex(report.alarm, 4) +
    hex(report.status, 4) +
    hex(report.lat, 4) +
    hex(report.lon, 4) +
    hex(report.altitude, 2) +
    hex(report.speed, 2) +
    hex(report.heading, 2) +
    report.time +
    items
  );
}

export function registrationOf(model: string, newer = false): string {
  const text = (value: string, length: number): string =>
    Buffer.concat([Buffer.from(value, 'latin1'), Buffer.alloc(length)])
      .subarray(0, length)
      .toString('hex');
  const [maker, models, id] = newer ? [11, 30, 30] : [5, 20, 7];
  return (
    '00330001' + text('MAKER', maker) + text(model, models) + text('T1', id) + '01' + 'b4a8482d3132333435'
  );
}
