import { expect, test } from 'vitest';
import { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import { adviceSchema } from '../../../contracts/records/advice.ts';
import { LayerTable } from '../../../contracts/table.ts';
import type { DecisionSnapshot } from '../../kit/define-decision.ts';
import { viewOf } from '../../kit/define-decision.ts';
import type { SlopeFacts } from './decision.ts';
import decision from './decision.ts';

const NOON = Date.UTC(2026, 6, 16, 4);
const NIGHT = Date.UTC(2026, 6, 16, 15);

interface Said {
  readonly movePeople?: number;
  readonly preparePeople?: number;
  readonly patrolPoints?: number;
  readonly rain1hMm?: number;
  readonly effectiveFrom?: 'gauge' | 'rain-of-a-day';
}

function assess(said: Said, now = NOON, town?: string) {
  const table = new LayerTable(geohazardScore);
  table.put({
    ...{ key: '510822109', validAt: now - 120_000, source: 'leader-cockpit', regionCode: '510822109' },
    values: {
      ...{ position: [105.1, 32.48], name: '甲镇', score: 1.61, level: 'red', ratio: 2.14, durationH: 3 },
      ...{ effectiveMm: 97, rain3hMm: 62, rain1hMm: 15, people: 1133, patrolPoints: 33 },
      ...{ movePeople: 0, preparePeople: 0, effectiveFrom: 'gauge', worst: ['甲一', '甲二'] },
      ...said,
    },
  });
  const snapshot: DecisionSnapshot = {
    ...{ now, towns: [], places: [], stations: {}, trails: {}, feeds: {}, synthetic: true },
    facts: { units: { experts: 'dept:natural-resources' }, clause: '' },
    layers: { 'geohazard-score': [...table.rows()] },
    ...{ timeZone: 'Asia/Shanghai', calendar: { workweek: [1, 2, 3, 4, 5], holidays: [], workdays: [] } },
  };
  const { view } = viewOf<SlopeFacts>(snapshot);
  return adviceSchema.parse(decision.assess(view, town === undefined ? {} : { town }, now));
}

test('red points move: the town gets the order, with the worst points first', () => {
  const advice = assess({ movePeople: 1133 });
  expect(advice.advised.option).toBe('by-level');
  const [move] = advice.options[0]?.tasks ?? [];
  expect(move).toMatchObject({ unit: 'town:510822109', withinS: 7200 });
  expect(move?.text).toContain('1133 人');
  expect(move?.text).toContain('甲一、甲二');
});

test('orange by day prepares; by night in rain that grows it moves as well', () => {
  const orange = { movePeople: 60, preparePeople: 90 };
  expect(assess({ ...orange, rain1hMm: 30 }, NOON).advised.option).toBe('by-level');
  expect(assess({ ...orange, rain1hMm: 10 }, NIGHT).advised.option).toBe('by-level');
  const advice = assess({ ...orange, rain1hMm: 30 }, NIGHT);
  expect(advice.advised.option).toBe('orange-too');
  expect(advice.options.find(({ id }) => id === 'orange-too')?.tasks[0]?.text).toContain('150 人');
});

test('below blue nothing is advised', () => {
  expect(assess({ patrolPoints: 0 }).advised.option).toBeNull();
});

test('days before that nobody knows are a gap and cost confidence', () => {
  expect(assess({}).confidence.value).toBe(0.7);
  const partial = assess({ effectiveFrom: 'rain-of-a-day' });
  expect(partial.confidence.value).toBe(0.5);
  expect(partial.gaps).toMatchObject([{ layer: 'rain-gauge', kind: 'missing' }]);
});

test('a town without a score says why', () => {
  expect(() => assess({}, NOON, '510822103')).toThrow(/no score/);
});
