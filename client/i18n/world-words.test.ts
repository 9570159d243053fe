// Which drill this is: two of them never have the same name.
import { expect, test } from 'vitest';
import { worldName } from './world-words.ts';

const usual = { zh: '演练', en: 'Drill' };
const storm = { zh: '暴雨', en: 'Rainstorm' };

test.each([
  [{ id: 'drill-1', scenario: null, title: usual }, '第 1 场'],
  [{ id: 'drill-2', scenario: null, title: usual }, '第 2 场'],
  [{ id: 'drill-3', scenario: 'rainstorm-jialing', title: storm }, '第 3 场 · 暴雨'],
  [{ id: 'live', scenario: null, title: { zh: '实况', en: 'Live' } }, '实况'],
] as const)('%j is %s', (facts, zh) => expect(worldName(facts).zh).toBe(zh));
