// A real server killed between proposal, approval and commit, again and again: what it had said yes to stands, what it had
// not is whole or absent, and the mode that screens see is the one in the log.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../contracts/codec/random-rows.test-kit.ts';
import type { CrisisView, Switch } from '../../contracts/records/crisis.ts';
import { createSystemClock } from '../kit/clock.ts';
import { keptRecords } from '../store/kept-records.test-kit.ts';
import { startProgramOf } from './server-process.test-kit.ts';

const LOOPS = 2;
const CITY = '990100';
const clock = createSystemClock();

interface ModeRows {
  readonly features: readonly { readonly id: string; readonly properties: { readonly mode: string } }[];
}

test('killed at any moment of a switch: one commit or none, never half of one', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'crisis-kill9-'));
  const random = seeded(20_260_716);
  let committed = 0;
  for (let loop = 0; loop < LOOPS; loop += 1) {
    const first = await startProgramOf(dataDir);
    const verb = committed % 2 === 0 ? 'begin' : 'end';
    const said = {
      ...{ name: '七月洪水', responses: [{ kind: 'flood', level: 'III' }], until: clock.now() + 3_600_000 },
      ...{ scene: '', incident: null, plans: [] },
    };
    const change = { verb, area: CITY, ...(verb === 'begin' ? said : {}) } as Switch;
    const asked = { action: `proposal-${loop}`, reason: '汛情', change };
    const proposed = await first.ask<CrisisView>('duty-chief', '/api/crisis/proposals', asked);
    const id = proposed?.proposals[0]?.id ?? 0;
    expect(id).toBeGreaterThan(0);
    await first.kill();

    const second = await startProgramOf(dataDir);
    const there = await second.ask<CrisisView>('commander', '/api/crisis');
    expect(there?.proposals[0]).toMatchObject({ id, state: 'open', by: 'demo-duty-chief' });
    const approval = { action: `approval-${loop}`, reason: '同意' };
    const address = `/api/crisis/proposals/${id}/approve`;
    await second.ask('commander', '/api/crisis');
    const answer = second.ask<CrisisView>('commander', address, approval);
    await clock.sleep(random() * 12);
    await second.kill();
    const wasAcknowledged = (await answer) !== null;

    const third = await startProgramOf(dataDir);
    const left = await third.ask<CrisisView>('commander', '/api/crisis');
    const state = left?.proposals[0]?.state;
    expect(['open', 'committed']).toContain(state);
    if (wasAcknowledged) expect(state).toBe('committed');
    // The same approval again: done now where it was not, and nothing where it was.
    const again = await third.ask<CrisisView>('commander', address, approval);
    expect(again?.proposals[0]?.state).toBe('committed');
    committed += 1;
    expect(again?.commits).toHaveLength(committed);
    expect(again?.crises).toHaveLength(committed % 2);
    const layer = await third.ask<ModeRows>('commander', '/api/layers/mode');
    const row = layer?.features.find((one) => one.id === CITY);
    expect(row?.properties.mode).toBe(committed % 2 === 1 ? 'crisis' : 'peace');
    await third.kill();
  }
  const { entries, faults } = await keptRecords(dataDir, 'testville');
  const commits = entries.filter(({ kind }) => kind === 'crisis/commit');
  expect([faults, commits.length]).toEqual([[], LOOPS]);
}, 300_000);
