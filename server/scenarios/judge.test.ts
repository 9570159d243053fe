import { describe, expect, it, test } from 'vitest';
import type { Claim, Expectation } from '../../contracts/records/expectation.ts';
import type { JudgedWorld } from './judge.ts';
import { assessClaim, Judge } from './judge.ts';

const gauges = [
  {
    key: 'a',
    name: '三锅',
    rainMm: 42,
    trend: 'rising',
    alarms: ['sos', 'collision'],
    position: [105.1, 32.48],
  },
  { key: 'b', name: '关庄', rainMm: 12, trend: null, position: [105.08, 32.4] },
];
const incidents = [
  { key: '1', title: '液氨泄漏', stage: 'handling' },
  { key: '2', title: '商场起火', stage: 'handling' },
];
const cited = [
  { layer: 'emergency-call', row: { key: 'c1', title: '液氨泄漏', channel: '119' } },
  { layer: 'rain-gauge', row: gauges[0] ?? {} },
];
const world: JudgedWorld = {
  rows: (layer) => (layer === 'rain-gauge' ? gauges : layer === 'incident' ? incidents : null),
  evidence: (key) => (key === '1' ? cited : []),
  feedState: (id) => (id === 'rain-mqtt' ? 'stale' : null),
};

const claims: [string, Claim, boolean][] = [
  ['a row that is there', { where: { name: '三锅' } }, true],
  ['a row that is not', { where: { name: '竹园' } }, false],
  ['a value in its range', { where: { name: '三锅' }, has: { rainMm: { min: 40, max: 44 } } }, true],
  ['a value outside', { where: { name: '三锅' }, has: { rainMm: { min: 43 } } }, false],
  ['no row at all', { where: { rainMm: { min: 100 } }, count: 0 }, true],
  ['so many rows', { count: { min: 2, max: 2 } }, true],
  ['part of a text', { where: { name: { contains: '锅' } } }, true],
  ['a flag that is set', { where: { alarms: { contains: 'collision' } }, count: 1 }, true],
  ['a flag by half of its name', { where: { alarms: { contains: 'coll' } } }, false],
  ['one of several', { where: { trend: { oneOf: ['rising', 'steady'] } }, count: 1 }, true],
  ['anything but', { where: { trend: { not: null } }, count: 1 }, true],
  ['a place nearby', { where: { position: { near: [105.1, 32.481], withinM: 200 } }, count: 1 }, true],
  ['a value where there is none', { where: { trend: { min: 0 } } }, false],
];
test.each(claims)('%s', (_what, claim, holds) => {
  expect(assessClaim({ layer: 'rain-gauge', ...claim }, world).holds).toBe(holds);
});

const citing: [string, Claim, boolean][] = [
  [
    'a row that is among the evidence',
    { cites: { layer: 'rain-gauge', where: { name: '三锅' } }, count: 1 },
    true,
  ],
  ['a layer that was cited', { cites: { layer: 'emergency-call', where: {} } }, true],
  [
    'a row that says something else',
    { cites: { layer: 'emergency-call', where: { channel: '120' } } },
    false,
  ],
  ['a row of another layer', { cites: { layer: 'ticket', where: { title: { contains: '液氨' } } } }, false],
  ['an incident without it', { where: { key: '2' }, cites: { layer: 'rain-gauge', where: {} } }, false],
  ['no incident with it', { cites: { layer: 'ticket', where: {} }, count: 0 }, true],
];
test.each(citing)('evidence: %s', (_what, claim, holds) => {
  expect(assessClaim({ layer: 'incident', ...claim }, world).holds).toBe(holds);
});

it('says what an incident cites', () => {
  const cites = { layer: 'ticket', where: {} };
  const seen = (key: string): string => assessClaim({ layer: 'incident', where: { key }, cites }, world).seen;
  expect(seen('1')).toBe('液氨泄漏 cites emergency-call 液氨泄漏, rain-gauge 三锅');
  expect(seen('2')).toBe('商场起火 cites nothing');
});

it('says what it saw', () => {
  const claim = { layer: 'rain-gauge', where: { name: '三锅' }, has: { rainMm: { min: 50 } } };
  expect(assessClaim(claim, world)).toEqual({ holds: false, seen: '三锅 rainMm 42' });
  expect(assessClaim({ layer: 'task' }, world)).toEqual({
    holds: false,
    seen: 'there is no layer task yet',
  });
  expect(assessClaim({ feed: 'rain-mqtt', state: ['stale'] }, world)).toEqual({
    holds: true,
    seen: 'rain-mqtt stale',
  });
});

describe('over time', () => {
  const wet: Claim = { layer: 'x', where: { wet: true } };
  const expectation = (part: Partial<Expectation>): Expectation => ({
    text: { zh: '甲', en: 'A' },
    when: 'at',
    fromS: 100,
    toS: 100,
    claim: wet,
    pending: null,
    where: 'x:1:1',
    ...part,
  });
  /** Plays until 400 s in steps of 50; wet between `from` and `to`. → outcomes with their moments */
  const outcomes = (part: Partial<Expectation>, [from, to]: readonly [number, number]) => {
    let nowS = 0;
    const judge = new Judge([expectation(part)], {
      evidence: () => [],
      rows: () => [{ wet: nowS >= from && nowS <= to }],
      feedState: () => null,
    });
    for (nowS = 0; nowS <= 400; nowS += 50) judge.look(nowS);
    return judge.verdicts.map(({ outcome, atS }) => [outcome, atS]);
  };

  it.each([
    ['at its moment', {}, [100, 100], ['met', 100]],
    ['a moment early', {}, [50, 50], ['missed', 100]],
    ['within a window', { when: 'by', toS: 300 }, [200, 200], ['met', 200]],
    ['before the window', { when: 'by', toS: 300 }, [0, 50], ['missed', 300]],
    ['all the time', { when: 'throughout', toS: 300 }, [100, 300], ['met', 300]],
    ['not all the time', { when: 'throughout', toS: 300 }, [100, 200], ['missed', 250]],
    ['pending as said', { pending: 'no rain yet' }, [300, 400], ['pending', 100]],
    ['pending, but met by now', { pending: 'no rain yet' }, [0, 400], ['unexpected', 100]],
  ] as const)('%s', (_what, part, wetFor, verdict) => {
    expect(outcomes(part, wetFor)).toEqual([verdict]);
  });

  it('names the next moment that must not be stepped over: where it gets close, begins and ends', () => {
    const judge = new Judge([expectation({ when: 'by', fromS: 2000, toS: 2300 })], world);
    const moments = [];
    for (let at = judge.nextS(0); at < Infinity; at = judge.nextS(at)) moments.push(at);
    expect(moments).toEqual([1400, 1970, 2000, 2300]);
  });

  it.each([
    ['a message', { when: 'by', fromS: 2000, toS: 2300 }, ['skim', 'minute', 'close', 'close', 'skim']],
    [
      'a value that comes',
      { when: 'by', fromS: 2000, toS: 3000 },
      ['skim', 'minute', 'minute', 'minute', 'minute'],
    ],
    [
      'a feed',
      { fromS: 2300, toS: 2300, claim: { feed: 'x', state: ['live'] } },
      ['skim', 'close', 'close', 'close', 'skim'],
    ],
    [
      'a state that lasts',
      { when: 'throughout', fromS: 0, toS: 5000 },
      ['skim', 'skim', 'skim', 'skim', 'skim'],
    ],
    [
      'what is pending',
      { fromS: 2300, toS: 2300, pending: 'not there yet' },
      ['skim', 'skim', 'skim', 'skim', 'skim'],
    ],
  ] as const)('follows as closely as %s asks for', (_what, part, paces) => {
    const judge = new Judge([expectation(part)], world);
    expect([0, 1900, 2000, 2300, 2400].map((at) => judge.pace(at))).toEqual(paces);
  });
});
