// Rows of the layer evacuation for the fixture and the test: two tasks, three places, one not counted yet.
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { EvacuationRow } from './evacuation.ts';

type Values = EvacuationRow['values'];

export function rowOf(key: string, values: Partial<Values>): EvacuationRow {
  return {
    ...{ key, validAt: FIXTURE_NOW, issuedAt: null, regionCode: '', quality: 'good', source: 's' },
    synthetic: true,
    values: {
      ...{ position: null, name: null, scope: 'place', toMove: 0, moved: 0, refused: 0, percent: 0 },
      ...{ place: null, taskId: null, incident: '20260716-001', incidentId: 1, unit: null, unitId: null },
      ...{ state: 'under-way', countedAt: FIXTURE_NOW - 600_000, ...values },
    },
  };
}

export const evacuationRows: readonly EvacuationRow[] = [
  rowOf('city', { scope: 'city', name: '全市', toMove: 1180, moved: 827, refused: 27, percent: 70.1 }),
  rowOf('task-7', {
    scope: 'task',
    taskId: 7,
    unit: '甲镇',
    toMove: 780,
    moved: 476,
    refused: 27,
    percent: 61,
  }),
  rowOf('task-7-1', { taskId: 7, name: '甲一村', toMove: 430, moved: 430, percent: 100 }),
  rowOf('task-7-2', { taskId: 7, name: '甲二村', toMove: 350, moved: 46, refused: 27, percent: 13.1 }),
  rowOf('task-8', { scope: 'task', taskId: 8, unit: '乙镇', toMove: 400, moved: 351, percent: 87.8 }),
  rowOf('task-8-1', { taskId: 8, name: '乙一村', toMove: 400, moved: 351, percent: 87.8, countedAt: null }),
];
