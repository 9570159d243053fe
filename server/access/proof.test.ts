import { expect, it } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { AuditedStore, RecordLog } from '../store/port.ts';
import { Proofs } from './proof.ts';

const entry = (seq: number, kind: string, body: LogEntry['body']): LogEntry => ({
  ...{ seq, world: 'live', subject: `who-${seq}`, knownAt: seq * 1000, kind, body },
  prevHash: '0'.repeat(64),
});
const log = [
  entry(1, 'incident/report', { happenedAt: 900, found: { no: '20260715-001' }, said: { title: '甲' } }),
  entry(2, 'incident/report', { happenedAt: 1900, found: { no: '20260715-002' } }),
  entry(3, 'incident/accept', { incident: 2, happenedAt: 2500 }),
  entry(4, 'operation/mode', { incident: 1 }),
  entry(5, 'incident/task-give', { incident: 1, happenedAt: 4900 }),
];
const records: Pick<RecordLog, 'read'> = {
  async *read() {
    yield* log;
  },
};
const head = { seq: 5, hash: 'ff' };
const proofsOf = (audited: Partial<AuditedStore>): Proofs =>
  new Proofs({
    records,
    store: { audit: () => Promise.resolve({ where: 'x', logs: [], faults: [], ...audited }) },
    now: () => 7000,
  });

it('tells who did what and when in one case, and nothing of what was said', async () => {
  const { steps } = await proofsOf({}).prove('20260715-001');
  expect(steps).toEqual([
    { seq: 1, knownAt: 1000, happenedAt: 900, by: 'who-1', verb: 'report' },
    { seq: 5, knownAt: 5000, happenedAt: 4900, by: 'who-5', verb: 'task-give' },
  ]);
});

it('names a case that is not there, and asks for none where none is named', async () => {
  await expect(proofsOf({}).prove('20260715-009')).rejects.toThrow('20260715-009');
  expect((await proofsOf({}).prove(null)).steps).toBeNull();
});

it('holds only where no log and not the engine itself has a fault', async () => {
  const sound = { world: 'live', entries: 5, head, faults: [] };
  const edited = { what: 'edited', from: 3, to: 3, detail: 'its text does not fit its hash' } as const;
  expect(await proofsOf({ logs: [sound] }).prove(null)).toEqual({
    ...{ provenAt: 7000, holds: true, faults: [], steps: null },
    logs: [{ world: 'live', entries: 5, head: 'ff', faults: [] }],
  });
  const touched = await proofsOf({ logs: [sound, { ...sound, world: 'audit', faults: [edited] }] }).prove(
    null,
  );
  expect(touched).toMatchObject({
    holds: false,
    logs: [{}, { faults: [{ what: 'edited', from: 3, to: 3 }] }],
  });
  expect((await proofsOf({ logs: [sound], faults: ['a page is torn'] }).prove(null)).holds).toBe(false);
});
