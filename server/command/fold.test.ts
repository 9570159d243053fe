// Random lives of incidents: no path skips a step, the fold of the log is the state, and what is allowed is what happens.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Incident, Stage, Verb } from '../../contracts/records/incident.ts';
import { stages, verbs } from '../../contracts/records/incident.ts';
import { actionSchemas } from '../../contracts/records/incident-actions.ts';
import { applyEntry, foldIncidents } from './fold.ts';
import { allowedIn, moves } from './stages.ts';

const desk = { id: 'city', name: { zh: '值班室', en: 'Desk' } };
const unit = { id: 'dept:fire', name: { zh: '消防', en: 'Fire' } };

const entry = (seq: number, verb: string, body: object): LogEntry => ({
  seq,
  world: 'live',
  subject: 'demo',
  knownAt: seq * 1000,
  kind: `incident/${verb}`,
  body: { action: `action-${seq}`, happenedAt: seq * 1000, said: {}, found: {}, ...body },
  prevHash: '0'.repeat(64),
});
const begun = (seq: number) =>
  entry(seq, 'report', {
    said: { kind: 'fire', channel: 'phone', title: `fire ${seq}` },
    found: { desk, dueAt: 1 },
  });

/** What somebody says with each verb. */
const saidWith = (verb: Verb, other: number): object => {
  const said: Partial<Record<Verb, object>> = {
    grade: { grade: 'IV' },
    escalate: { grade: 'III' },
    rate: { score: 4 },
    merge: { into: other, reason: 'same' },
    split: { part: other, reason: 'not the same' },
    amend: { title: 'another', reason: 'wrong' },
    supervise: { on: true, text: 'now' },
  };
  return said[verb] ?? {};
};

const order: readonly Stage[] = stages.filter((stage) => stage !== 'merged');

/** Two incidents, and what people try on them, allowed or not. */
const lives = fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...verbs), fc.noBias(fc.nat(7))), {
  maxLength: 60,
  size: 'max',
});

/** The verb that leads to the next stage, or to what the end still needs. */
function onwardOf(incident: Incident): Verb {
  const next = order[order.indexOf(incident.stage) + 1];
  const allowed = allowedIn(incident);
  const leads = allowed.find((verb) => next !== undefined && moves[verb][incident.stage] === next);
  return leads ?? (allowed.includes('rate') ? 'rate' : 'note');
}

function live(tries: readonly (readonly [boolean, Verb, number])[]): LogEntry[] {
  const entries = [begun(1), begun(2)];
  const state = foldIncidents(entries);
  for (const [first, drawn, onward] of tries) {
    const [id, other] = first ? [1, 2] : [2, 1];
    const incident = state.get(id) as Incident;
    const allowed = allowedIn(incident);
    // Most tries go on with the life, or hardly any would come to its end.
    const verb = onward > 0 ? onwardOf(incident) : drawn;
    if (!allowed.includes(verb)) continue;
    if (verb === 'merge' && state.get(other)?.stage === 'merged') continue;
    if (verb === 'split' && !incident.merged.includes(other)) continue;
    const next = entry(entries.length + 1, verb, {
      incident: id,
      said: saidWith(verb, other),
      found: { unit },
    });
    entries.push(next);
    applyEntry(state, next);
  }
  return entries;
}

test('no path skips a mandatory step', () => {
  let archived = 0;
  fc.assert(
    fc.property(lives, (tries) => {
      for (const { log, stage, rating } of foldIncidents(live(tries)).values()) {
        let before: Stage = 'reported';
        let beforeMerge: Stage | null = null;
        for (const line of log.slice(1)) {
          if (line.stage === 'merged') beforeMerge ??= before;
          else if (before === 'merged') expect(line.stage).toBe(beforeMerge);
          else expect(order.indexOf(line.stage)).toBeLessThanOrEqual(order.indexOf(before) + 1);
          if (line.stage !== 'merged') beforeMerge = null;
          before = line.stage;
        }
        if (stage !== 'archived') continue;
        archived += 1;
        expect(rating).not.toBeNull();
        const verbsDone = log.map(({ verb }) => verb);
        const steps = [
          'report',
          'accept',
          'grade',
          'assign',
          'start',
          'answer',
          'check',
          'close',
          'rate',
          'archive',
        ];
        expect(steps.filter((step) => !verbsDone.includes(step))).toEqual([]);
      }
    }),
    { numRuns: 500, seed: 20_260_715 },
  );
  // The property means nothing where no life comes to its end.
  expect(archived).toBeGreaterThan(50);
});

test('the fold of the whole log is what was reached entry by entry', () => {
  fc.assert(
    fc.property(lives, fc.nat(60), (tries, cut) => {
      const entries = live(tries);
      const whole = foldIncidents(entries);
      const later = foldIncidents(entries.slice(0, cut));
      for (const one of entries.slice(cut)) applyEntry(later, one);
      expect(later).toEqual(whole);
      // As the log gives it back: canonical JSON.
      expect(foldIncidents(JSON.parse(JSON.stringify(entries)) as LogEntry[])).toEqual(whole);
    }),
    { numRuns: 100 },
  );
});

test('every entry is one line of the incident it is about, and nothing of the past changes', () => {
  fc.assert(
    fc.property(lives, (tries) => {
      const entries = live(tries);
      const before = foldIncidents(entries.slice(0, -1));
      const after = foldIncidents(entries);
      for (const [id, incident] of before) {
        const now = after.get(id) as Incident;
        expect(now.log.slice(0, incident.log.length)).toEqual(incident.log);
        expect(now.log.length - incident.log.length).toBeLessThanOrEqual(1);
        expect(now.log.at(-1)?.seq).toBe(now.seq);
      }
    }),
    { numRuns: 100 },
  );
});

test('every stage but the ends can be left, and every verb is of some use', () => {
  for (const stage of stages) {
    const leads = verbs.some((verb) => moves[verb][stage] !== undefined && moves[verb][stage] !== stage);
    expect([stage, leads]).toEqual([stage, stage !== 'merged']);
  }
  for (const verb of verbs) expect([verb, Object.keys(moves[verb]).length > 0]).toEqual([verb, true]);
  expect(Object.keys(actionSchemas)).toEqual([...verbs]);
});

test('entries of other kinds and of unknown incidents change nothing', () => {
  expect(applyEntry(new Map(), entry(5, 'accept', { incident: 4 }))).toEqual([]);
});
