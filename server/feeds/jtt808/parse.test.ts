import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vehiclePosition } from '../../../contracts/layers/vehicle-position.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { createFleet, createJtt808Reader } from './parse.ts';
import { frameOf, registrationOf, reportOf } from './terminal.fixture.ts';
import type { Report } from './terminal.fixture.ts';

const NOW = Date.UTC(2026, 6, 16, 6, 31);
const report: Report = {
  alarm: 0,
  status: 0x3,
  lat: 32_436_200,
  lon: 105_842_300,
  altitude: 512,
  speed: 365,
  heading: 92,
  time: '260716143000',
};

function connect(fleet = createFleet()) {
  const sink = createCollectingSink();
  const answers: string[] = [];
  const reader = createJtt808Reader({
    sink,
    fleet,
    answer: (frame) => answers.push(Buffer.from(frame).toString('hex')),
    now: () => NOW,
  });
  return { sink, answers, send: (...frames: Buffer[]) => reader.read(Buffer.concat(frames)) };
}

const position = (over: Partial<Report> = {}, items = '', newer = false): Buffer =>
  frameOf({ id: 0x0200, phone: '13912345678', serial: 7, newer }, reportOf({ ...report, ...over }, items));

describe('a position report', () => {
  it('of the public 2013 example', () => {
    const { sink, send, answers } = connect();
    send(
      Buffer.from(
        '7E0200002612345678901200 7D02000000010000000200BA7F0E07E4F11C0028003C000018101510101001040000006402 02007D01137E'.replaceAll(
          ' ',
          '',
        ),
        'hex',
      ),
    );
    expect(sink.rejects).toEqual([]);
    expect(sink.rowsOf(vehiclePosition)).toMatchObject([
      {
        id: '123456789012',
        validAt: Date.UTC(2018, 9, 15, 2, 10, 10),
        quality: 'good',
        values: {
          position: [132.444444, 12.222222],
          altitudeM: 40,
          speedKmh: 6,
          headingDeg: 0,
          alarms: 1,
          states: 2,
        },
      },
    ]);
    expect([...sink.ignored]).toEqual([
      ['additional item 0x01', 1],
      ['additional item 0x02', 1],
    ]);
    // 0x8001 to 123456789012, serial 0: answers serial 0x007e (escaped) of 0x0200 with 0.
    expect(answers).toEqual(['7e800100051234567890120000007d02020000727e']);
  });

  it('of a 2019 header names the same terminal', () => {
    const { sink, send, answers } = connect();
    send(position(), position({}, '', true));
    expect(sink.rows.map(({ row }) => row.id)).toEqual(['13912345678', '13912345678']);
    expect(answers[1]?.startsWith('7e8001400501000000000139123456780001')).toBe(true);
  });

  it('maps alarms and states bit by bit', () => {
    const bits = (alarm: number, status: number) => {
      const { sink, send } = connect();
      send(position({ alarm, status }));
      const values = sink.rowsOf(vehiclePosition)[0]?.values;
      return [values?.alarms, values?.states];
    };
    const alarmBits = [0, 1, 2, 4, 5, 8, 20, 21, 29, 30];
    for (const [index, bit] of alarmBits.entries()) expect(bits(2 ** bit, 2)).toEqual([1 << index, 2]);
    expect(bits(0, 1 | 2 | (1 << 10) | (1 << 11))).toEqual([0, 0b11011]);
    expect(bits(0, 2 | (3 << 8))).toEqual([0, 0b00110]);
    const { sink, send } = connect();
    send(position({ alarm: 1 << 27 }));
    expect([...sink.ignored.keys()]).toEqual(['alarm bit that the layer does not hold']);
  });

  it.each([
    ['fixed', {}, '', 'good'],
    ['not fixed, with a last place', { status: 1 }, '', 'suspect'],
    ['three satellites', {}, '310103', 'suspect'],
    ['eleven satellites', {}, '31010b', 'good'],
  ])('%s is %s', (_, over, items, quality) => {
    const { sink, send } = connect();
    send(position(over, items));
    expect(sink.rows[0]?.row.quality).toBe(quality);
  });

  it('without a place is rejected, unless it carries an alarm', () => {
    const nowhere = { lat: 0, lon: 0, status: 1 };
    const { sink, send } = connect();
    send(position(nowhere), position({ ...nowhere, alarm: 1 }));
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/place']);
    expect(sink.rowsOf(vehiclePosition)).toMatchObject([{ quality: 'suspect', values: { alarms: 1 } }]);
    expect(sink.rows[0]?.row.values).not.toHaveProperty('position');
  });

  it.each([
    ['month 13', { time: '261316143000' }, '', 'record/time', 0],
    ['no BCD', { time: '26071614300a' }, '', 'record/time', 0],
    ['item beyond the end', {}, '0104000000', 'record/shape', 1],
  ])('%s', (_, over, items, code, rows) => {
    const { sink, send } = connect();
    send(position(over, items));
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toHaveLength(rows);
  });

  it('survives the way there and back, whatever its bytes and wherever chunks are cut', () => {
    const reports = fc.record({
      alarm: fc.nat(0xffffffff),
      status: fc.nat(0xffffffff).map((bits) => (bits | 2) >>> 0),
      lat: fc.integer({ min: 1, max: 90_000_000 }),
      lon: fc.integer({ min: 1, max: 180_000_000 }),
      altitude: fc.nat(9000),
      speed: fc.nat(2500),
      heading: fc.nat(359),
      time: fc.constantFrom('260716143000', '240229235959', '000101000000'),
    });
    const header = fc.record({
      serial: fc.nat(0xffff),
      phone: fc.stringMatching(/^[1-9]\d{10}$/),
      newer: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(header, reports), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (messages, cut) => {
          const { sink, send, answers } = connect();
          const bytes = Buffer.concat(
            messages.map(([of, given]) => frameOf({ id: 0x0200, ...of }, reportOf(given))),
          );
          const at = cut % bytes.length;
          const rest = bytes.subarray(send(bytes.subarray(0, at)));
          send(rest);
          expect(sink.rejects).toEqual([]);
          expect(answers).toHaveLength(messages.length);
          for (const [index, [of, given]] of messages.entries()) {
            const row = sink.rowsOf(vehiclePosition)[index];
            expect(row?.id).toBe(of.phone);
            const [lon, lat] = row?.values.position ?? [];
            expect(Math.abs(lon ?? 0)).toBeCloseTo(given.lon / 1e6, 6);
            expect(Math.sign(lat ?? 0)).toBe(given.status & 4 ? -1 : 1);
            expect(row?.values).toMatchObject({
              speedKmh: given.speed / 10,
              altitudeM: given.altitude,
              headingDeg: given.heading,
            });
          }
        },
      ),
      { seed: 808, numRuns: 300 },
    );
  });
});

describe('a terminal', () => {
  it.each([false, true])('registers, is answered, and its kind is remembered (2019 header: %s)', (newer) => {
    const { sink, send, answers } = connect();
    send(
      frameOf({ id: 0x0100, phone: '13912345678', serial: 5, newer }, registrationOf('HAZMAT', newer)),
      position({}, '', newer),
    );
    expect(answers[0]).toContain(`000500${Buffer.from('LC-hazmat').toString('hex')}`);
    expect(sink.rowsOf(vehiclePosition)[0]?.values.kind).toBe('hazmat');
  });

  it('that only authenticates after our restart still has its kind', () => {
    const code = Buffer.from('LC-taxi').toString('hex');
    for (const [newer, body] of [
      [false, code],
      [true, `07${code}${'00'.repeat(35)}`],
    ] as const) {
      const { sink, send, answers } = connect();
      send(frameOf({ id: 0x0102, phone: '13912345678', serial: 1, newer }, body), position({}, '', newer));
      expect(sink.rowsOf(vehiclePosition)[0]?.values.kind).toBe('taxi');
      expect(answers).toHaveLength(2);
    }
  });

  it('of a model nobody knows is of unknown kind', () => {
    const { sink, send } = connect();
    send(frameOf({ id: 0x0100, phone: '13912345678', serial: 5 }, registrationOf('BSJ-A6')), position());
    expect(sink.rowsOf(vehiclePosition)[0]?.values.kind).toBe('unknown');
  });

  it('is answered to heartbeats and logout, and told what is not supported', () => {
    const { sink, send, answers } = connect();
    const header = { phone: '13912345678', serial: 1 };
    send(
      frameOf({ ...header, id: 0x0002 }, ''),
      frameOf({ ...header, id: 0x0801 }, '00'),
      frameOf({ ...header, id: 0x0003 }, ''),
      frameOf({ ...header, id: 0x0001 }, '0001800100'),
    );
    expect(answers.map((answer) => answer.slice(26, 36))).toEqual(['0001000200', '0001080103', '0001000300']);
    expect([...sink.ignored.keys()]).toEqual(['heartbeat', 'message 0x0801', 'terminal reply']);
    expect(sink.removed).toMatchObject([{ id: '13912345678', reason: 'gone', validAt: NOW }]);
  });

  it('sends batches, whole and in sub-packages in any order', () => {
    const one = reportOf(report);
    const two = reportOf({ ...report, time: '260716143010' });
    const body = `000200${'001c'}${one}${'001c'}${two}`;
    const { sink, send, answers } = connect();
    const header = { id: 0x0704, phone: '13912345678', parts: 3 };
    send(
      frameOf({ ...header, serial: 12, part: 3 }, body.slice(80)),
      frameOf({ ...header, serial: 10, part: 1 }, body.slice(0, 20)),
      frameOf({ ...header, serial: 11, part: 2 }, body.slice(20, 80)),
      frameOf({ id: 0x0704, phone: '13912345678', serial: 13 }, body),
    );
    expect(sink.rejects).toEqual([]);
    expect(sink.rows.map(({ row }) => row.validAt - Date.UTC(2026, 6, 16, 6, 30))).toEqual([
      0, 10_000, 0, 10_000,
    ]);
    expect(answers).toHaveLength(4);
  });

  it.each([
    ['batch with a length beyond it', 0x0704, '0001000020' + reportOf(report)],
    ['batch of nothing', 0x0704, '000000'],
    ['registration that is too short', 0x0100, '0033'],
  ])('%s is answered "malformed"', (_, id, body) => {
    const { sink, send, answers } = connect();
    send(frameOf({ id, phone: '13912345678', serial: 1 }, body));
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/shape']);
    expect(answers[0]?.slice(34, 36)).toBe('02');
  });
});

describe('frames', () => {
  it.each([
    ['a wrong check code', (good: Buffer) => ((good[15] = (good[15] ?? 0) ^ 1), good)],
    [
      'a bad escape',
      (good: Buffer) => Buffer.concat([good.subarray(0, 20), Buffer.of(0x7d, 3), good.subarray(22)]),
    ],
    ['noise before the flag', (good: Buffer) => Buffer.concat([Buffer.from('noise'), good])],
  ])('%s loses one message, not the next', (_, damage) => {
    const { sink, send } = connect();
    send(Buffer.concat([damage(Buffer.from(position({ time: '260716142959' }))), position()]));
    expect(sink.rejects).toHaveLength(1);
    expect(sink.rows.at(-1)?.row.validAt).toBe(Date.UTC(2026, 6, 16, 6, 30));
  });

  it('that share one flag are two messages', () => {
    const { sink, send } = connect();
    send(position().subarray(0, -1), position());
    expect(sink.rows).toHaveLength(2);
  });

  it('without an end are given up', () => {
    const { sink, send } = connect();
    expect(send(Buffer.concat([Buffer.of(0x7e), Buffer.alloc(5000, 1)]))).toBe(5001);
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/too-large']);
  });

  it('that are encrypted are counted and answered', () => {
    const { sink, send, answers } = connect();
    const frame = Buffer.from('0002040001391234567800010000', 'hex').subarray(0, 12);
    const code = frame.reduce((sum, byte) => sum ^ byte, 0);
    send(Buffer.concat([Buffer.of(0x7e), frame, Buffer.of(code, 0x7e)]));
    expect([...sink.ignored.keys()]).toEqual(['encrypted message']);
    expect(answers).toHaveLength(1);
  });
});
