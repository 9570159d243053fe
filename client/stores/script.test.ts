import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import type { ScenarioCaption, ScenarioMove } from '../../contracts/records/scenario.ts';
import { CaptionTeller, chapterFrom, formatT, lastDue, NOWHERE, readMs, standingAt } from './script.ts';

const words = (zh: string) => ({ zh, en: zh });
const chapters = [
  { id: 'rain', title: words('雨'), atS: 0 },
  { id: 'flood', title: words('洪'), atS: 600 },
  { id: 'end', title: words('终'), atS: 1200 },
];

describe('what is due', () => {
  test.each([
    [-5, -1],
    [0, 0],
    [599.9, 0],
    [600, 1],
    [99_999, 2],
  ])('at %d s it is chapter %d', (atS, index) => expect(lastDue(chapters, atS)).toBe(index));

  test.each([
    [{ atS: 700, speed: 1 }, 1, 1200],
    [{ atS: 1300, speed: 1 }, 1, null],
    [{ atS: 700, speed: 1 }, -1, 600],
    [{ atS: 602, speed: 1 }, -1, 0],
    // Two real seconds after its beginning, at sixty seconds a second.
    [{ atS: 720, speed: 60 }, -1, 0],
    [{ atS: 0, speed: 1 }, -1, null],
  ] as const)('from %o, %d leads to %s', (from, by, atS) =>
    expect(chapterFrom(chapters, from, by)).toBe(atS),
  );
});

describe('moves', () => {
  const camera = { centre: [105.8, 32.4] as const, heightM: 9000 };
  const moves: readonly ScenarioMove[] = [
    { atS: 10, scene: 'overview' },
    { atS: 20, camera },
    { atS: 30, select: { layer: 'river-gauge', key: 'g1' } },
    { atS: 40, scene: 'emergency' },
  ];

  test.each([
    [5, NOWHERE],
    [10, { scene: 'overview', camera: null, select: null }],
    [25, { scene: 'overview', camera, select: null }],
    [35, { scene: 'overview', camera, select: { layer: 'river-gauge', key: 'g1' } }],
    [45, { scene: 'emergency', camera: null, select: null }],
  ])('at %d s', (atS, standing) => expect(standingAt(moves, atS)).toEqual(standing));
});

describe('captions', () => {
  const captions: readonly ScenarioCaption[] = [0, 10, 20, 30, 40, 50].map((atS) => ({
    atS,
    text: words(`第 ${atS} 秒`),
  }));
  const takes = (): number => 3000;

  it('come in their order, each as long as it takes to read, however fast the world goes', () => {
    const teller = new CaptionTeller(captions);
    const told: number[] = [];
    // Ten seconds of the world in each of its own: three of them while one caption is read.
    for (let second = 0; second <= 18; second++) {
      const { index } = teller.tell(Math.min(55, second * 10), second * 1000, takes);
      if (told.at(-1) !== index) told.push(index);
    }
    expect(told[0]).toBe(0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(5);
  });

  it('wait for the voice', () => {
    const teller = new CaptionTeller(captions);
    teller.tell(0, 0, takes);
    expect(teller.tell(12, 9000, () => Infinity)).toEqual({ index: 0, waiting: 1 });
    expect(teller.tell(12, 9100, takes)).toEqual({ index: 1, waiting: 0 });
  });

  it('are those of the new moment after a jump, forward and back', () => {
    const teller = new CaptionTeller(captions);
    teller.tell(45, 0, takes);
    expect(teller.tell(12, 100, takes).index).toBe(1);
    teller.jump();
    expect(teller.tell(34, 200, takes).index).toBe(3);
    teller.jump();
    expect(teller.tell(-1, 300, takes).index).toBe(-1);
  });

  it('are, after a jump, those of the new moment wherever it came from', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10, max: 60 }), { minLength: 1 }), (walk) => {
        const teller = new CaptionTeller(captions);
        const told = walk.map((atS, step) => {
          if (step % 3 === 2) teller.jump();
          return teller.tell(atS, step * 100, takes).index;
        });
        const last = walk.length - 1;
        teller.jump();
        const atEnd = teller.tell(walk[last] ?? 0, last * 100 + 50, takes).index;
        expect(atEnd).toBe(lastDue(captions, walk[last] ?? 0));
        for (const [step, index] of told.entries())
          expect(index).toBeLessThanOrEqual(lastDue(captions, walk[step] ?? 0));
      }),
    );
  });

  it('do not fall behind what is seen', () => {
    const teller = new CaptionTeller(captions);
    teller.tell(0, 0, takes);
    expect(teller.tell(50, 100, takes).index).toBe(5);
  });

  it('go when their time is over, but not before they were read', () => {
    const teller = new CaptionTeller([{ atS: 0, text: words('一'), forS: 5 }]);
    expect(teller.tell(1, 0, takes).index).toBe(0);
    expect(teller.tell(6, 2000, takes).index).toBe(0);
    expect(teller.tell(6, 3000, takes).index).toBe(-1);
    teller.jump();
    expect(teller.tell(2, 3100, takes).index).toBe(0);
  });

  it('are read faster where they are short, and never for ever', () => {
    expect(readMs('雨停', 'zh')).toBe(3000);
    expect(readMs('雨'.repeat(40), 'zh')).toBe(6800);
    expect(readMs('x'.repeat(900), 'en')).toBe(12_000);
  });
});

test.each([
  [0, true, 'T+00:00:00'],
  [-20, true, 'T−00:00:20'],
  [32_700, false, 'T+09:05'],
  [-21_600, false, 'T−06:00'],
  [360_000, false, 'T+100:00'],
])('%d s of T0 is %s', (seconds, withSeconds, text) => expect(formatT(seconds, withSeconds)).toBe(text));
