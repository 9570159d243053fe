import { expect, test } from 'vitest';
import { maskHex, maskText } from './mask.ts';
import { Quarantine } from './quarantine.ts';

test('memory is bounded and a flood builds almost no messages', () => {
  const quarantine = new Quarantine();
  let described = 0;
  for (let at = 0; at < 50_000; at += 1) {
    quarantine.count(
      { feed: 'noise', code: 'record/range', at: 1_000_000 + Math.floor(at / 25_000) * 1000 },
      () => {
        described += 1;
        return { detail: `row ${at}`, raw: 'x'.repeat(10_000) };
      },
    );
  }
  const [shelf] = quarantine.shelves();
  expect(shelf?.count).toBe(50_000);
  expect(described).toBe(10);
  expect(shelf?.samples.every((sample) => sample.raw.length <= 2048)).toBe(true);
});

test('the latest twenty samples, newest first', () => {
  const quarantine = new Quarantine();
  for (let at = 0; at < 30; at += 1) {
    quarantine.count({ feed: 'noise', code: 'record/time', at: at * 1000 }, () => ({
      detail: `row ${at}`,
      raw: '',
    }));
  }
  const samples = quarantine.shelves('noise')[0]?.samples ?? [];
  expect(samples).toHaveLength(20);
  expect([samples[0]?.detail, samples[19]?.detail]).toEqual(['row 29', 'row 10']);
  expect(quarantine.shelves('other')).toEqual([]);
});

test('binary records are kept as hex, text cut in a character as text', () => {
  const quarantine = new Quarantine();
  quarantine.count({ feed: 'a', code: 'record/parse', at: 0 }, () => ({
    detail: '',
    raw: Uint8Array.of(0x7e, 0xff, 0x00),
  }));
  quarantine.count({ feed: 'b', code: 'record/parse', at: 0 }, () => ({
    detail: '',
    raw: new TextEncoder().encode('坏记录').subarray(0, 7),
  }));
  quarantine.count({ feed: 'c', code: 'record/parse', at: 0 }, () => ({
    detail: '',
    raw: new TextEncoder().encode('整'),
  }));
  const samples = quarantine.shelves().map((shelf) => shelf.samples[0]);
  expect(samples.map((sample) => [sample?.encoding, sample?.raw])).toEqual([
    ['hex', '7eff00'],
    ['text', '坏记'],
    ['text', '整'],
  ]);
});

test('unknown devices are listed once with their counts', () => {
  const quarantine = new Quarantine();
  for (let at = 0; at < 3; at += 1) {
    quarantine.count({ feed: 'hj212', code: 'record/unknown-device', at: at * 1000 }, () => ({
      detail: 'MN 42',
      raw: '',
    }));
  }
  expect(quarantine.devices()).toEqual([
    { feed: 'hj212', device: 'MN 42', count: 3, firstAt: 0, lastAt: 2000 },
  ]);
});

test.each([
  ['phone 13881234567.', 'phone 138****4567.'],
  ['id 510802199001011234', 'id 510802********1234'],
  ['id 51080219900101123X', 'id 510802********123X'],
  ['川H12345 and 川H·D12345', '川H***45 and 川H***45'],
  ['time 1795123456789 stays', 'time 1795123456789 stays'],
])('masks %j', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test('packed numbers in a hex dump are masked', () => {
  expect(maskHex('7e0200003c01388123456700a1')).toBe('7e0200003c0138****456700a1');
});
