import { expect, test } from 'vitest';
import { warningKind, warningKindWithin } from './warning-kinds.ts';

test.each([
  ['暴雨', 'Rainstorm'],
  ['山洪灾害', 'Flash flood'],
  ['地质灾害气象风险预警', 'Geological hazard'],
  ['道路结冰', 'Road icing'],
  ['大风预警信号', 'Gale'],
  ['Tornado', 'Tornado'],
  ['流星雨', '流星雨'],
])('%s is %s in English and itself in Chinese', (event, english) => {
  expect(warningKind(event, 'en')).toBe(english);
  expect(warningKind(event, 'zh')).toBe(event);
});

test('within a sentence it begins small', () => {
  expect(warningKindWithin('寒潮', 'en')).toBe('cold wave');
  expect(warningKindWithin('寒潮', 'zh')).toBe('寒潮');
});
