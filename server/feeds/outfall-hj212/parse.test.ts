import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outfall } from '../../../contracts/layers/outfall.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { createHj212Reader } from './parse.ts';

const MN = '5108020000000000000WS001';
const NOW = Date.UTC(2026, 6, 16, 6, 31);
const works: Record<string, string> = {
  name: '第一污水处理厂',
  lon: '105.8062',
  lat: '32.4073',
  limitCodMgL: '50',
  limitNh3nMgL: '5',
  limitPhMin: '6',
  limitPhMax: '9',
  limitSo2MgM3: '35',
};

/** The logger's side, written from appendix A of the standard: shares nothing with the feed. */
function crc16(text: string): string {
  let register = 0xffff;
  for (let index = 0; index < text.length; index++) {
    register = (register >>> 8) ^ text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) {
      const low = register & 1;
      register >>>= 1;
      if (low) register ^= 0xa001;
    }
  }
  return register.toString(16).toUpperCase().padStart(4, '0');
}
const frame = (text: string): string => `##${String(text.length).padStart(4, '0')}${text}${crc16(text)}\r\n`;

function upload(cp: string, over: Record<string, string> = {}): string {
  const fields = { QN: '20260716143000001', ST: '32', CN: '2011', PW: '123456', MN, Flag: '5', ...over };
  const head = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return frame(`${head.join(';')};CP=&&${cp}&&`);
}

function connect(password: string | null = null, now = () => NOW) {
  const sink = createCollectingSink();
  const answers: string[] = [];
  const reader = createHj212Reader({
    sink,
    station: (mn) => (mn === MN ? works : null),
    utcOffsetMin: 480,
    password,
    answer: (bytes) => answers.push(Buffer.from(bytes).toString('latin1')),
    now,
  });
  return { sink, answers, send: (text: string) => reader.read(Buffer.from(text, 'latin1')) };
}

const values = (cp: string, over: Record<string, string> = {}) => {
  const { sink, send } = connect();
  send(upload(`DataTime=20260716143000;${cp}`, over));
  return { row: sink.rowsOf(outfall)[0], sink };
};

describe('frames', () => {
  const vectors = readFileSync(new URL('sample.txt', import.meta.url), 'latin1').split('\r\n');

  it('hold the CRC of the vectors', () => {
    expect(vectors[0]).toContain('MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80');
    for (const vector of vectors.slice(0, 3)) expect(frame(vector.slice(6, -4)).trim()).toBe(vector);
  });

  it('stick together and are cut anywhere', () => {
    const text = upload('DataTime=20260716143000;w01018-Rtd=31.5,w01018-Flag=N').repeat(3);
    fc.assert(
      fc.property(fc.nat(text.length), (at) => {
        const { sink, send } = connect();
        const used = send(text.slice(0, at));
        expect(send(text.slice(used))).toBe(text.length - used);
        expect(sink.rows).toHaveLength(3);
        expect(sink.rejects).toEqual([]);
      }),
      { seed: 212 },
    );
  });

  it.each([
    ['a wrong CRC', (good: string) => good.replace('31.5', '31.6')],
    ['a length that is too long', (good: string) => good.replace(/^##0/, '##9')],
    ['a length that is no number', (good: string) => good.replace(/^##0/, '##x')],
    ['noise', (good: string) => `noise${good.slice(2)}`],
  ])('%s loses one frame, not the next', (_, damage) => {
    const good = upload('DataTime=20260716143000;w01018-Rtd=31.5,w01018-Flag=N');
    const { sink, send } = connect();
    send(damage(good) + good.repeat(60));
    expect(sink.rows.length).toBeGreaterThanOrEqual(60);
    expect(sink.rejects.length).toBeGreaterThanOrEqual(1);
    expect(new Set(sink.rejects.map(({ code }) => code))).toEqual(new Set(['record/parse']));
  });
});

describe('uploads', () => {
  it('of 2017 become a row', () => {
    const { row } = values(
      'w01018-Rtd=31.5,w01018-Flag=N;w21003-Rtd=1.25,w21003-Flag=N;w21011-Rtd=0.3,w21011-Flag=N;w01001-Rtd=7.2,w01001-Flag=N;w00000-Rtd=112.4,w00000-Flag=N',
    );
    expect(row).toEqual({
      id: MN,
      validAt: Date.UTC(2026, 6, 16, 6, 30),
      quality: 'good',
      values: {
        position: [105.8062, 32.4073],
        name: '第一污水处理厂',
        kind: 'water',
        codMgL: 31.5,
        ammoniaMgL: 1.25,
        phosphorusMgL: 0.3,
        ph: 7.2,
        flowLS: 112.4,
        exceed: 'no',
        flag: 'N',
      },
    });
  });

  it('of 2005 become the same', () => {
    const { row } = values('011-Rtd=31.5,011-Flag=N;060-Rtd=1.2,060-Flag=N;B01-Rtd=9,B01-Flag=N', {
      Flag: '1',
    });
    expect(row?.values).toMatchObject({ codMgL: 31.5, ammoniaMgL: 1.2, flowLS: 9 });
    expect(values('02-Rtd=20,02-Flag=3', { ST: '31', Flag: '0' }).row?.values).toMatchObject({
      so2Mgm3: 20,
      kind: 'air',
      flag: 'N',
    });
  });

  it.each([
    ['w01018-Rtd=50,w01018-Flag=N', 'no'],
    ['w01018-Rtd=50.1,w01018-Flag=N', 'yes'],
    ['w01001-Rtd=5.9,w01001-Flag=N', 'yes'],
    ['w01018-Rtd=900,w01018-Flag=C', null],
    ['w21011-Rtd=900,w21011-Flag=N', null],
    ['w01018-Rtd=900,w01018-Flag=N;w01001-Rtd=7,w01001-Flag=N', 'yes'],
    ['a21026-Rtd=30,a21026-ZsRtd=36,a21026-Flag=N', 'yes'],
    ['a21026-Rtd=40,a21026-ZsRtd=34,a21026-Flag=N', 'no'],
  ])('%s exceeds: %s', (cp, exceed) => expect(values(cp).row?.values.exceed).toBe(exceed));

  it.each([
    ['N', 'N', 'good'],
    ['C', 'C', 'bad'],
    ['D', 'D', 'bad'],
    ['T', 'T', 'suspect'],
    ['S', 'S', 'manual'],
    ['P', 'D', 'bad'],
    ['n', 'N', 'good'],
  ])('flag %s is %s, %s', (given, flag, quality) => {
    const { row } = values(`w01018-Rtd=1,w01018-Flag=${given}`);
    expect([row?.values.flag, row?.quality]).toEqual([flag, quality]);
  });

  it('lose a bad factor, not the others', () => {
    const { row, sink } = values(
      'w01018-Rtd=--,w01018-Flag=N;w21003-Rtd=1,w21003-Flag=Q;w01001-Rtd=7,w01001-Flag=N;a05024-Rtd=1',
    );
    expect(row?.values).toMatchObject({ ph: 7 });
    expect(row?.values).not.toHaveProperty('codMgL');
    expect(sink.rejects.map(({ code }) => code)).toEqual(['record/shape', 'record/enum']);
    expect([...sink.ignored.keys()]).toEqual(['factor a05024']);
  });

  it('of means count only where no realtime values come, and are true at the end of their span', () => {
    const mean = (cn: string) =>
      upload('DataTime=20260716130000;w01018-Avg=20,w01018-Max=30,w01018-Flag=N', { CN: cn });
    const { sink, send } = connect();
    send(mean('2061') + mean('2051') + mean('2031'));
    expect(sink.rows.map(({ row }) => row.validAt - Date.UTC(2026, 6, 16, 5))).toEqual([
      3_600_000, 600_000, 86_400_000,
    ]);
    send(upload('DataTime=20260716143000;w01018-Rtd=31.5') + mean('2061'));
    expect(sink.rows).toHaveLength(4);
    expect([...sink.ignored.keys()]).toEqual(['means beside realtime values, CN 2061']);
  });

  it.each([
    ['unknown device', upload('DataTime=20260716143000;w01018-Rtd=1', { MN: 'X' }), 'record/unknown-device'],
    ['no DataTime', upload('w01018-Rtd=1'), 'record/time'],
    ['31 February', upload('DataTime=20260231143000;w01018-Rtd=1'), 'record/time'],
    ['no CP', frame(`ST=32;CN=2011;MN=${MN};Flag=4`), 'record/parse'],
    ['part 3 of 2', upload('w01018-Rtd=1', { Flag: '7', PNUM: '2', PNO: '3' }), 'record/parse'],
    ['parts without number', upload('w01018-Rtd=1', { Flag: '7' }), 'record/parse'],
    ['wrong password', upload('DataTime=20260716143000;w01018-Rtd=1', { PW: 'guess' }), 'record/signature'],
  ])('%s is rejected', (_, text, code) => {
    const { sink, send } = connect('123456');
    send(text);
    expect(sink.rejects.map((reject) => reject.code)).toEqual([code]);
    expect(sink.rows).toEqual([]);
  });

  it('cut into parts are joined, cut between factors or inside one', () => {
    const cp = 'DataTime=20260716143000;w01018-Rtd=31.5,w01018-Flag=N;w21003-Rtd=1.25,w21003-Flag=N';
    const between = cp.indexOf(';w21003');
    for (let at = 1; at < cp.length; at++) {
      const { sink, send } = connect();
      const [head, tail] = [cp.slice(0, at), at === between ? cp.slice(at + 1) : cp.slice(at)];
      send(
        upload(tail, { Flag: '7', PNUM: '2', PNO: '2' }) + upload(head, { Flag: '7', PNUM: '2', PNO: '1' }),
      );
      expect(sink.rowsOf(outfall)[0]?.values, `cut at ${at}`).toMatchObject({
        codMgL: 31.5,
        ammoniaMgL: 1.25,
      });
    }
  });
});

describe('answers', () => {
  it('go to who asks, with the QN and the version of the upload', () => {
    const { answers, send } = connect();
    send(
      upload('DataTime=20260716143000;w01018-Rtd=1') +
        upload('DataTime=20260716143100;w01018-Rtd=1', { Flag: '4' }),
    );
    expect(answers).toEqual([frame(`QN=20260716143000001;ST=91;CN=9014;PW=123456;MN=${MN};Flag=4;CP=&&&&`)]);
  });

  it('go to heartbeats and notices too, which are counted', () => {
    const { answers, send, sink } = connect();
    send(
      upload('', { CN: '9015' }) +
        upload('', { CN: '1013' }) +
        upload('SystemTime=20260716143000', { CN: '1011', Flag: '4' }),
    );
    expect(answers.map((answer) => /CN=(\d+)/.exec(answer)?.[1])).toEqual(['9014', '9013']);
    expect([...sink.ignored.keys()]).toEqual([
      'CN 9015 heartbeat',
      'CN 1013 request to set the time',
      'CN 1011 time of the logger',
    ]);
  });
});
