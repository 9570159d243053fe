// An incident in the middle of its life, for the gallery and for tests.
import type { Incident } from '../../../contracts/records/incident.ts';
import type { IncidentView } from '../../../contracts/records/incident-actions.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';

const MINUTE = 60_000;
const desk = { id: 'city', name: { zh: '甲市值班室', en: 'Desk of the city' } };
const unit = { id: 'dept:housing', name: { zh: '市住建局', en: 'Housing Bureau' } };
const steps = [
  ['report', 'reported', '群众来电'],
  ['accept', 'accepted', ''],
  ['grade', 'graded', ''],
  ['assign', 'assigned', '请立即到场'],
  ['start', 'handling', ''],
] as const;

const log: Incident['log'] = steps.map(([verb, stage, text], at) => ({
  seq: at + 1,
  verb,
  by: '值班员甲',
  happenedAt: FIXTURE_NOW - (50 - at * 10) * MINUTE,
  knownAt: FIXTURE_NOW - (verb === 'start' ? 5 : 50 - at * 10) * MINUTE,
  stage,
  text,
  said:
    verb === 'assign' ? { unit: unit.name } : verb === 'grade' ? { grade: 'III', facts: { dead: 3 } } : {},
  files: [],
  late: verb === 'assign',
}));

export const incidentFixture: Incident = {
  ...{
    id: 1,
    no: '20260715-001',
    seq: 5,
    stage: 'handling',
    before: null,
    kind: 'gas-leak',
    channel: 'phone',
  },
  ...{
    title: '甲小区燃气泄漏',
    text: '三单元有明显气味',
    place: '甲小区',
    position: null,
    region: '990101001',
  },
  ...{ urgent: true, facts: { dead: 3 }, grade: 'III', desk, unit, assisting: [desk], worker: '网格员甲' },
  gradeReason: { zh: '死亡（人）3 ≥ 3：较大', en: 'Dead 3 ≥ 3: Grade III' },
  ...{ happenedAt: FIXTURE_NOW - 50 * MINUTE, reportedAt: FIXTURE_NOW - 50 * MINUTE, reportedBy: '值班员甲' },
  ...{
    stageAt: FIXTURE_NOW - 5 * MINUTE,
    dueAt: FIXTURE_NOW + 90 * MINUTE,
    briefDueAt: FIXTURE_NOW - MINUTE,
  },
  ...{ briefs: 0, urges: 1, rating: null, returns: 0, reopens: 0, lateSteps: 1 },
  supervised: { by: '市领导', at: FIXTURE_NOW, text: '请全力处置' },
  ...{ mergedInto: null, merged: [], parent: null, children: [] },
  tasks: [
    {
      ...{ id: 6, seq: 8, state: 'reported', text: '疏散三单元居民', place: '甲小区', position: null },
      ...{ region: '990101001', unit, worker: '', dueAt: FIXTURE_NOW + 20 * MINUTE, proof: ['photo'] },
      ...{ givenBy: '值班员甲', givenAt: FIXTURE_NOW - 30 * MINUTE, receivedAt: FIXTURE_NOW - 28 * MINUTE },
      ...{ why: '', returns: 0, late: false },
      report: {
        ...{ by: '网格员甲', happenedAt: FIXTURE_NOW - 6 * MINUTE, knownAt: FIXTURE_NOW - 5 * MINUTE },
        ...{ text: '已疏散 23 人', position: null, files: [] },
      },
    },
    {
      ...{ id: 7, seq: 7, state: 'given', text: '封闭路口', place: '', position: null, region: '990101' },
      ...{ unit: desk, worker: '', dueAt: FIXTURE_NOW - 2 * MINUTE, proof: [], givenBy: '值班员甲' },
      ...{ givenAt: FIXTURE_NOW - 25 * MINUTE, receivedAt: null, report: null, why: '', returns: 0 },
      late: false,
    },
  ],
  evidence: [
    {
      ...{ layer: 'emergency-call', key: 'c1', name: '燃气泄漏', source: 'emergency-call', quality: 'good' },
      ...{ synthetic: true, validAt: FIXTURE_NOW - 51 * MINUTE, knownAt: FIXTURE_NOW - 50 * MINUTE },
      values: { channel: '119', kind: '抢险救援', status: 'ringing' },
    },
  ],
  log,
};

export const viewFixture: IncidentView = {
  incident: incidentFixture,
  next: ['answer', 'return', 'hand-over', 'urge', 'note'],
  suggested: { grade: 'III', reason: { zh: '死亡（人）3 ≥ 3：较大', en: 'Dead 3 ≥ 3' }, unit, assisting: [] },
};
