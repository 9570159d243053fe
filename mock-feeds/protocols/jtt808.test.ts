import { expect, test } from 'vitest';
import { encodeGbk } from './gbk.ts';
import * as jtt from './jtt808.ts';

test('escaping follows the example of the standard', () => {
  // JT/T 808 §4.4.2: 0x30 0x7e 0x08 0x7d 0x55 is sent as 0x30 0x7d 0x02 0x08 0x7d 0x01 0x55.
  const plain = Buffer.from('307e087d55', 'hex');
  expect(jtt.escape(plain).toString('hex')).toBe('307d02087d0155');
  expect(jtt.unescape(jtt.escape(plain))).toEqual(plain);
});

test('text is GBK', () => {
  expect(encodeGbk('川H12345').toString('hex')).toBe('b4a8483132333435');
});

test('a 2013 heartbeat has the header of the standard', () => {
  const bytes = jtt.encodeMessage(
    { version: '2013', phone: '013912345678' },
    { id: 0x0002, serial: 1, body: Buffer.alloc(0) },
  );
  // id, properties 0, phone BCD[6], serial, check code: the XOR of all before it.
  expect(bytes.toString('hex')).toBe('7e000200000139123456780001' + '33' + '7e');
  expect(jtt.checkCode(Buffer.from('000200000139123456780001', 'hex'))).toBe(0x33);
});

test('a 2019 header carries the version bit, version byte and ten BCD bytes', () => {
  const body = jtt.positionBody(position());
  const bytes = jtt.unescape(
    jtt
      .encodeMessage({ version: '2019', phone: '019912345678' }, { id: 0x0200, serial: 7, body })
      .subarray(1, -1),
  );
  expect(bytes.readUInt16BE(2) & 0x4000).toBe(0x4000);
  expect(bytes.readUInt16BE(2) & 0x3ff).toBe(body.length);
  expect(bytes[4]).toBe(1);
  expect(bytes.toString('hex', 5, 15)).toBe('00000000019912345678');
  expect(jtt.checkCode(bytes)).toBe(0);
});

function position(): jtt.PositionReport {
  return {
    alarm: 1,
    status: 3,
    lon: 105.822401,
    lat: 32.434602,
    altitudeM: 487,
    speedKmh: 36.5,
    headingDeg: 359,
    time: 0,
    timeDigits: '260716143000',
    mileageKm: 1234.5,
    satellites: 12,
    signal: 25,
  };
}

test('a position body has every field at its place', () => {
  const b = jtt.positionBody(position());
  expect(b.readUInt32BE(0)).toBe(1);
  expect(b.readUInt32BE(8)).toBe(32_434_602);
  expect(b.readUInt32BE(12)).toBe(105_822_401);
  expect(b.readUInt16BE(16)).toBe(487);
  expect(b.readUInt16BE(18)).toBe(365);
  expect(b.readUInt16BE(20)).toBe(359);
  expect(b.toString('hex', 22, 28)).toBe('260716143000');
  // Additional items: 01 mileage, 03 recorder speed, 30 signal, 31 satellites.
  expect(b.toString('hex', 28)).toBe('0104000030390302016d3001193101' + '0c');
});

test('a registration has the lengths of its version', () => {
  const r = {
    province: 51,
    city: 800,
    maker: 'SIM',
    model: 'TAXI',
    terminalId: '1234567',
    plateColour: 1,
    plate: '川H1',
  };
  expect(jtt.registerBody('2013', r).length).toBe(4 + 5 + 20 + 7 + 1 + 4);
  expect(jtt.registerBody('2019', r).length).toBe(4 + 11 + 30 + 30 + 1 + 4);
});

test('answers of the platform are found in any cut of the stream', () => {
  const frame = Buffer.concat(
    [1, 2, 0x7e].map((serial) =>
      jtt.encodeMessage(
        { version: '2013', phone: '013912345678' },
        { id: 0x8001, serial, body: Buffer.from('0001020000', 'hex') },
      ),
    ),
  );
  for (let cut = 1; cut < frame.length; cut++) {
    const serials: number[] = [];
    const read = jtt.createDownlinkReader((m) => serials.push(m.serial));
    read(frame.subarray(0, cut));
    read(frame.subarray(cut));
    expect(serials).toEqual([1, 2, 0x7e]);
  }
});
