import { expect, test } from 'vitest';
import { verbs } from '../../../contracts/records/incident.ts';
import { actionSchemas } from '../../../contracts/records/incident-actions.ts';
import { detailsOf, fieldsOf, isFormVerb, saidOf, stageLine, stepOf } from './card.ts';
import { incidentFixture } from './incident.fixture.ts';

test('the line says what is behind, where it stands, when each was reached, and which step took too long', () => {
  const line = stageLine(incidentFixture);
  expect(line.map(({ state }) => state)).toEqual([
    ...['past', 'past', 'past', 'past', 'now', 'ahead', 'ahead', 'ahead', 'ahead'],
  ]);
  expect(line[4]?.at).toBe(incidentFixture.log[4]?.knownAt);
  expect(line[5]?.at).toBeNull();
  expect(line.filter(({ late }) => late).map(({ stage }) => stage)).toEqual(['graded']);
});

test('a merged one stands where it was', () => {
  const line = stageLine({ ...incidentFixture, stage: 'merged', before: 'accepted' });
  expect(line.find(({ state }) => state === 'now')?.stage).toBe('accepted');
});

test('one action leads on from where it stands, whatever else may be done', () => {
  expect(stepOf('assigned', ['grade', 'start', 'return', 'note'])).toBe('start');
  expect(stepOf('accepted', ['grade', 'note'])).toBe('grade');
  expect(stepOf('closed', ['rate', 'reopen'])).toBe('rate');
  expect(stepOf('closed', ['archive', 'reopen'])).toBe('archive');
  expect(stepOf('checked', ['grade', 'return', 'note'])).toBeNull();
  expect(stepOf('archived', ['reopen', 'note'])).toBeNull();
});

const some = {
  ...{
    text: '内容',
    reason: '原因',
    grade: 'II',
    unit: 'city',
    worker: '甲',
    score: '4',
    into: '7',
    part: '8',
  },
  ...{ title: '标题', place: '地点', verdict: 'agree', brief: 'first' },
};

test.each(verbs.filter(isFormVerb))('what the form of %s sends fits what the server asks', (verb) => {
  const said = saidOf(verb, some);
  const asked = { action: '12345678', seen: 1, ...said };
  expect(actionSchemas[verb].safeParse(asked)).toMatchObject({ success: true });
  const needed = fieldsOf[verb].filter((field) => field.needed).map(({ name }) => name);
  for (const name of needed) {
    const { [name]: _left, ...rest } = asked as Record<string, unknown>;
    expect([verb, name, actionSchemas[verb].safeParse(rest).success]).toEqual([verb, name, false]);
  }
});

test('a rating without a number says that nobody was reached', () => {
  expect(saidOf('rate', { text: '无人接听' })).toEqual({ score: null, text: '无人接听' });
});

test('a line tells codes as words, units by name and facts with their numbers', () => {
  const told = incidentFixture.log.flatMap((line) => detailsOf(line).map(({ zh }) => zh));
  expect(told).toEqual(['较大', '死亡（人） 3', '市住建局']);
});
