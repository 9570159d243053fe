import { expect, test } from 'vitest';
import { crc16, createSegmentReader, encodeFrame, encodeUpload, parseSegment } from './hj212.ts';

// Frames of HJ 212-2017 appendix and of the published vectors.
const VECTORS = [
  '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80',
  '##0170QN=20250716143000001;ST=22;CN=2011;PW=123456;MN=51080200000000000000AQ01;Flag=5;CP=&&DataTime=20250716143000;a34004-Rtd=42.0,a34004-Flag=N;a34002-Rtd=68.0,a34002-Flag=N&&0CC0',
  '##0199QN=20250716143500001;ST=21;CN=2011;PW=123456;MN=51080200000000000000WQ03;Flag=5;CP=&&DataTime=20250716143500;w01001-Rtd=7.82,w01001-Flag=N;w01009-Rtd=8.1,w01009-Flag=N;w21003-Rtd=0.21,w21003-Flag=N&&C181',
];

test.each(VECTORS)('a published segment gives the published frame', (frame) => {
  const segment = frame.slice(6, -4);
  expect(encodeFrame(segment).toString()).toBe(`${frame}\r\n`);
  expect(crc16(Buffer.from(segment)).toString(16).toUpperCase().padStart(4, '0')).toBe(frame.slice(-4));
});

test('an upload is written as the published real-time frame', () => {
  const bytes = encodeUpload({
    version: '2017',
    qn: '20250716143000001',
    st: '22',
    cn: '2011',
    mn: '51080200000000000000AQ01',
    acknowledge: true,
    dataTime: '20250716143000',
    factors: { a34004: { Rtd: '42.0', Flag: 'N' }, a34002: { Rtd: '68.0', Flag: 'N' } },
  });
  expect(bytes.toString()).toBe(`${VECTORS[1]}\r\n`);
});

test('the reader finds frames in any cut of the stream and drops damaged ones', () => {
  const damaged = (VECTORS[1] ?? '').replace('42.0', '43.0');
  const stream = Buffer.from(`${VECTORS[0]}\r\n${damaged}\r\n${VECTORS[2]}\r\n`);
  for (let cut = 1; cut < stream.length; cut += 7) {
    const seen: (string | undefined)[] = [];
    const read = createSegmentReader((message) => seen.push(message.fields['CN']));
    read(stream.subarray(0, cut));
    read(stream.subarray(cut));
    expect(seen).toEqual(['1062', '2011']);
  }
});

test('parameters of a segment are read', () => {
  const { fields, cp } = parseSegment((VECTORS[0] ?? '').slice(6, -4));
  expect(fields['MN']).toBe('010000A8900016F000169DC0');
  expect(cp['RtdInterval']).toBe('30');
});
