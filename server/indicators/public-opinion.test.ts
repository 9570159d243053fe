import { expect, it } from 'vitest';
import { opinionPost } from '../../contracts/layers/opinion-post.ts';
import { LayerTable } from '../../contracts/table.ts';
import { Evaluation } from './evaluation.ts';
import { localTimeOf } from './local-time.ts';
import opinionSpreadSpeed from './opinion-spread-speed/indicator.ts';
import { Regions } from './regions.ts';
import { createSubjects } from './standards/subjects.ts';
import { createTestCity } from './test-city.ts';

const NOW = Date.parse('2026-07-16T14:30:00+06:00');
const MINUTE_MS = 60_000;
const city = createTestCity();

/** Posts of one topic at these ages, minutes. */
function spreadOf(...ages: readonly number[]) {
  const table = new LayerTable(opinionPost);
  for (const [i, age] of ages.entries()) {
    const publishedAt = NOW - age * MINUTE_MS;
    const values = { platform: 'weibo', topicId: '停水', publishedAt } as const;
    table.put({ key: `p${i}`, validAt: publishedAt, regionCode: '990101', source: 'test', values });
  }
  const evaluation = new Evaluation(opinionSpreadSpeed, {
    city,
    regions: new Regions(city),
    tables: () => table,
    feeds: () => [{ writes: ['opinion-post'], state: 'live', lastOkAt: NOW }],
    local: localTimeOf(city.profile.timeZone),
  });
  evaluation.run(NOW);
  return evaluation.standing(0);
}

it('has no spread speed before there are three hours of posts', () => {
  const steady = [10, 30, 50, 70, 90, 110, 130, 150, 170];
  expect(spreadOf(...steady)).toMatchObject({ value: null, state: 'insufficient' });
  expect(spreadOf(...steady, 190)).toMatchObject({ state: 'current' });
});

it('takes a steady stream for no growth, however long it is known', () => {
  for (const hours of [3, 4, 9, 24, 30]) {
    const ages = Array.from({ length: 6 * hours + 1 }, (_, i) => 10 * i);
    expect(spreadOf(...ages)?.value, `${hours} h`).toBeLessThan(0.2);
  }
});

it('tells what a ticket is about by the name of its category', () => {
  const subjectsOf = createSubjects();
  expect(subjectsOf('环境保护')).toEqual(['环境污染']);
  expect(subjectsOf('城乡建设·内涝积水')).toEqual(['自然灾害']);
  expect(subjectsOf('交通运输·拥堵')).toEqual(['交通出行']);
  expect(subjectsOf('农业农村')).toEqual([]);
  expect(subjectsOf(null)).toEqual([]);
});
