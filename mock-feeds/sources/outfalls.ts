// Data loggers at the outfalls: HJ 212 over TCP, dialling in alone or through forwarders of twenty.
import type { Row } from '../city/csv.ts';
import { HOUR } from '../engine/local-time.ts';
import { drift, gauss, keyOf, unit } from '../engine/random.ts';
import {
  createSegmentReader,
  encodeUpload,
  requestAnswer,
  type Hj212Message,
  type Hj212Version,
} from '../protocols/hj212.ts';
import { createDialer, type Dialer } from '../transport/tcp-dialer.ts';
import type { Source, World } from '../world.ts';

const FEED = 'outfall-hj212';
const PER_FORWARDER = 20;
const ALONE_EVERY = 15;
const REALTIME_MS = 60_000;
const TEN_MINUTES = 600_000;
const FIRST_WITHIN_MS = 18_000;
/** HJ 212: answer within 5 s, three resends. */
const ANSWER_WAIT_MS = 5_000;
const RESENDS = 3;

interface Factor {
  /** Code of HJ 212-2017 and, where the older standard is used, of HJ 212-2005. */
  code: string;
  /** Number of `code`, for what is drawn by chance. */
  key: number;
  code2005: string | null;
  limit: number;
  /** Typical share of the limit. */
  share: number;
  digits: number;
}

interface Outfall {
  mn: string;
  key: number;
  st: '31' | '32';
  version: Hj212Version;
  factors: Factor[];
  /** Asks for an answer to every real-time report too. */
  strict: boolean;
  link: Link;
  excessUntil: number;
}

interface Link {
  dialer: Dialer | null;
  outfalls: Outfall[];
  /** Uploads waiting for 9014, by QN and MN. */
  waiting: Map<string, { bytes: Buffer; sent: number; cancel: () => void }>;
}

interface Reading {
  mn: string;
  time: number;
  values: Record<string, number>;
}

const limit = (row: Row, column: string, fallback: number): number => Number(row[column]) || fallback;

const factorsOf = (row: Row): Factor[] => listedFactors(row).map((f) => ({ ...f, key: keyOf(f.code) }));

function listedFactors(row: Row): Omit<Factor, 'key'>[] {
  if (row['kind'] === 'air') {
    return [
      { code: 'a21026', code2005: null, limit: limit(row, 'limitSo2MgM3', 200), share: 0.3, digits: 1 },
      { code: 'a21002', code2005: null, limit: limit(row, 'limitNoxMgM3', 240), share: 0.42, digits: 1 },
      { code: 'a34013', code2005: null, limit: limit(row, 'limitPmMgM3', 30), share: 0.35, digits: 2 },
    ];
  }
  return [
    { code: 'w01018', code2005: '011', limit: limit(row, 'limitCodMgL', 100), share: 0.45, digits: 1 },
    { code: 'w21003', code2005: '060', limit: limit(row, 'limitNh3nMgL', 15), share: 0.25, digits: 2 },
    { code: 'w21011', code2005: null, limit: limit(row, 'limitTpMgL', 1), share: 0.35, digits: 2 },
    { code: 'w01001', code2005: null, limit: 0, share: 0, digits: 2 },
    { code: 'w00000', code2005: 'B01', limit: 0, share: 0, digits: 2 },
  ];
}

function createOutfalls(world: World): { outfalls: Outfall[]; links: Link[] } {
  const links: Link[] = [];
  let shared: Link | null = null;
  const outfalls = world.city.stations('outfalls').map((row, i): Outfall => {
    const alone = i % ALONE_EVERY === 0;
    if (alone || shared === null || shared.outfalls.length >= PER_FORWARDER) {
      const link: Link = { dialer: null, outfalls: [], waiting: new Map() };
      links.push(link);
      if (!alone) shared = link;
    }
    const mn = row['mn'] ?? '';
    const key = keyOf(mn);
    const water = row['kind'] !== 'air';
    const outfall: Outfall = {
      mn,
      key,
      st: water ? '32' : '31',
      version: water && unit(world.seed, key, 1) < 0.08 ? '2005' : '2017',
      factors: factorsOf(row),
      strict: unit(world.seed, key, 2) < 0.3,
      link: alone ? (links.at(-1) as Link) : (shared as Link),
      excessUntil: 0,
    };
    outfall.link.outfalls.push(outfall);
    return outfall;
  });
  return { outfalls, links };
}

interface Moment {
  world: World;
  at: number;
}

/** Value of one factor: a plant's day, its slow drift, an occasional excess. */
function valueOf({ world, at }: Moment, o: Outfall, f: Factor): number {
  const { seed, rhythm } = world;
  const wave = drift(at / (2 * HOUR), seed, o.key, f.key);
  const jitter = 0.03 * gauss(o.key, f.key, Math.floor(at / REALTIME_MS));
  if (f.code === 'w01001') return 7.3 + 0.5 * wave + jitter;
  const work = 0.55 + 0.45 * rhythm.traffic(at);
  if (f.code === 'w00000')
    return Math.max(0, (3 + 40 * unit(o.key, 9) ** 3) * work * (1 + 0.2 * wave + jitter));
  const excess =
    o.excessUntil > at
      ? 2.4
      : unit(seed, o.key, f.key, Math.floor(at / (6 * HOUR))) < 0.004
        ? 1.35 / f.share
        : 1;
  return Math.max(
    f.limit * 0.01,
    f.limit * f.share * work * (1 + 0.35 * wave + jitter) * (o.excessUntil > at ? excess / f.share : excess),
  );
}

/** F: the plant stands still; D: the analyser is broken; N: normal. */
function flagOf({ world, at }: Moment, o: Outfall, code: string): 'N' | 'F' | 'D' {
  if (unit(world.seed, o.key, Math.floor(at / (12 * HOUR)), 5) < 0.02) return 'F';
  return unit(world.seed, o.key, keyOf(code), Math.floor(at / (4 * HOUR)), 6) < 0.006 ? 'D' : 'N';
}

class OutfallLoggers implements Source {
  private readonly world: World;
  private readonly options: { host: string; port: number };
  private readonly created: { outfalls: Outfall[]; links: Link[] };
  private lastQn: number;

  constructor(world: World, options: { host: string; port: number }) {
    this.world = world;
    this.options = options;
    this.created = createOutfalls(this.world);
    this.lastQn = 0;
  }

  /** `again` when no answer came; while the clock runs a long stretch at once, none can. */
  private readonly awaitAnswer = (again: () => void): (() => void) => {
    const { clock } = this.world;
    const waitedAt = clock.now() + ANSWER_WAIT_MS * Math.max(1, clock.speed);
    return clock.at(Math.max(waitedAt, clock.stretchEnd + 1), again);
  };

  private readonly transmit = (
    o: Outfall,
    { key, bytes, acknowledge }: { key: string; bytes: Buffer; acknowledge: boolean },
  ): void => {
    const { link } = o;
    const send = (out: Buffer): void => {
      if (link.dialer?.send(out) !== true) this.world.outlet.drop(FEED);
    };
    const again = (): void => {
      const entry = link.waiting.get(key);
      if (entry === undefined) return;
      if (entry.sent > RESENDS || link.dialer?.connected !== true) link.waiting.delete(key);
      else {
        entry.sent += 1;
        entry.cancel = this.awaitAnswer(again);
        this.world.outlet.push(FEED, { bytes, records: 0 }, send);
      }
    };
    if (acknowledge && link.dialer?.connected === true) {
      link.waiting.set(key, { bytes, sent: 1, cancel: this.awaitAnswer(again) });
    }
    this.world.outlet.push(FEED, { bytes, records: 1 }, send);
  };

  /** QN: the request's moment, never twice the same. */
  private readonly nextQn = (): string => {
    this.lastQn = Math.max(this.lastQn + 1, Math.floor(this.world.clock.now()));
    return this.world.deviceTime.digits(this.lastQn, true);
  };

  private readonly upload = (o: Outfall, cn: '2011' | '2051' | '2061', dataAt: number): void => {
    const codes = o.factors.flatMap((f) =>
      o.version === '2005' ? (f.code2005 === null ? [] : [{ f, code: f.code2005 }]) : [{ f, code: f.code }],
    );
    const values = Object.fromEntries(
      codes.map(({ f, code }) => [code, valueOf({ world: this.world, at: dataAt }, o, f)]),
    );
    const digits = new Map(codes.map(({ f, code }) => [code, f.digits]));
    for (const record of this.world.outlet.faults.records<Reading>(FEED, [
      { mn: o.mn, time: dataAt, values },
    ])) {
      const factors = Object.fromEntries(
        Object.entries(record.values).map(([code, value]) => {
          const d = digits.get(code) ?? 2;
          const flag = flagOf({ world: this.world, at: dataAt }, o, code);
          const text = (factor: number): string => (flag === 'F' ? 0 : value * factor).toFixed(d);
          const spread: Record<string, string> =
            cn === '2011'
              ? { Rtd: text(1), ...(o.st === '31' ? { ZsRtd: text(1.08) } : {}) }
              : {
                  ...(code === 'w00000' || code === 'B01' ? { Cou: text(cn === '2051' ? 600 : 3600) } : {}),
                  Min: text(0.93),
                  Avg: text(1),
                  Max: text(1.07),
                };
          return [code, { ...spread, Flag: flag }];
        }),
      );
      const acknowledge = cn !== '2011' || o.strict;
      const qn = this.nextQn();
      const bytes = encodeUpload({
        version: o.version,
        qn,
        st: o.st,
        cn,
        mn: o.mn,
        acknowledge,
        dataTime: this.world.deviceTime.digits(record.time),
        factors,
      });
      this.transmit(o, { key: `${qn}/${o.mn}`, bytes, acknowledge });
    }
  };

  private readonly hear = (link: Link, message: Hj212Message): void => {
    const { CN = '', QN = '', MN = '', Flag = '0' } = message.fields;
    if (CN === '9014' || CN === '9013') {
      link.waiting.get(`${QN}/${MN}`)?.cancel();
      link.waiting.delete(`${QN}/${MN}`);
    } else if (CN !== '' && !CN.startsWith('9') && (Number(Flag) & 1) === 1) {
      // Requests of the platform: clock settings are accepted, remote control is not simulated.
      const bytes = requestAnswer(message, CN === '1012' || CN === '1062' ? 1 : 2);
      this.world.outlet.push(FEED, { bytes, records: 0 }, (out) => link.dialer?.send(out));
    }
  };

  private readonly open = (link: Link, index: number): void => {
    let reader = createSegmentReader((message) => this.hear(link, message));
    link.dialer = createDialer({
      ...this.options,
      jitter: unit(this.world.seed, index, 91),
      onBytes: (chunk) => this.world.clock.whenOver(() => reader(chunk)),
      onUp: () => {
        reader = createSegmentReader((message) => this.hear(link, message));
      },
      onDown: () => {
        for (const { cancel } of link.waiting.values()) cancel();
        link.waiting.clear();
      },
    });
  };

  readonly feeds = [FEED];

  objects(): Readonly<Record<string, number>> {
    return {
      outfalls: this.created.outfalls.length,
      outfallLinks: this.created.links.filter((link) => link.dialer?.connected === true).length,
    };
  }

  /** Means are stamped with the start of their span, and sent when it is over. */
  start(): void {
    this.created.links.forEach(this.open);
    const nextTen = Math.ceil((this.world.startAt + 1) / TEN_MINUTES) * TEN_MINUTES;
    for (const o of this.created.outfalls) {
      const phase = 1_500 + unit(this.world.seed, o.key, 4) * FIRST_WITHIN_MS;
      this.world.clock.every(this.world.startAt + phase, REALTIME_MS, () =>
        this.upload(o, '2011', Math.floor(this.world.clock.now() / 1000) * 1000),
      );
      this.world.clock.at(this.world.startAt + phase + 500, () =>
        this.upload(o, '2051', nextTen - 2 * TEN_MINUTES),
      );
      this.world.clock.every(nextTen + phase, TEN_MINUTES, () => {
        const at = Math.floor(this.world.clock.now() / TEN_MINUTES) * TEN_MINUTES;
        this.upload(o, '2051', at - TEN_MINUTES);
        if (at % HOUR === 0) this.upload(o, '2061', at - HOUR);
      });
    }
  }

  stop(): void {
    for (const link of this.created.links) link.dialer?.stop();
  }

  settled(): boolean {
    return this.created.links.every(({ dialer }) => dialer?.settled !== false);
  }

  answered(): boolean {
    if (this.world.outlet.faults.transport(FEED).stopped) return true;
    return this.created.links.every(({ waiting }) => waiting.size === 0);
  }

  inject(request: Readonly<Record<string, unknown>>): object | null {
    if (request['kind'] !== 'outfall-excess') return null;
    const o = this.created.outfalls.find((one) => one.mn === request['mn']) ?? this.created.outfalls[0];
    if (o === undefined) return { injected: 'outfall-excess', mn: null };
    o.excessUntil = this.world.clock.now() + Number(request['forS'] ?? 3600) * 1000;
    return { injected: 'outfall-excess', mn: o.mn };
  }
}

export function createOutfallLoggers(world: World, options: { host: string; port: number }): Source {
  return new OutfallLoggers(world, options);
}
