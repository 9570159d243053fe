import { describe, expect, it } from 'vitest';
import type { Incident } from './incident.ts';
import { isReached, mayAct } from './incident-units.ts';
import { isWithin, layerLabels, reachesOf, reachOf } from './reach.ts';

const unit = (id: string) => ({ id, name: { zh: id, en: id } });
const [police, fire, county] = ['dept:police', 'dept:fire', 'county:510802'];

describe('the reach of an area', () => {
  it.each([
    [['*'], { ofUnits: true }, '510802', true],
    [['510802'], {}, '510802001', true],
    [['510802'], {}, '510803', false],
    [['510802'], { citywide: true }, '510800', true],
    [[police], {}, '510803', true],
    [[police], { ofUnits: true }, '510803', false],
    [[police, '510803'], { ofUnits: true }, '510803', true],
  ])('%j of a layer %j: %s is %s', (areas, layer, region, is) => {
    expect(isWithin(reachOf(areas, layer), region)).toBe(is);
  });

  it('of records: a region, or a department it belongs to; a county is told by its region alone', () => {
    expect(reachesOf([police])('510802')).toBe(false);
    expect(reachesOf([police])('510802', [fire, police])).toBe(true);
    expect(reachesOf(['510803'])('510802', [county, '510803'])).toBe(false);
    expect(reachesOf(['*'])('510802', [])).toBe(true);
  });

  it('reads public columns of layers as a department, and its own classes as anybody else', () => {
    const labels = ['public', 'internal'] as const;
    expect(layerLabels({ areas: [police], labels }, 'emergency-call')).toEqual(['public']);
    const owner = { areas: [police], labels, owns: new Set(['emergency-call']) };
    expect(layerLabels(owner, 'emergency-call')).toEqual(labels);
    expect(layerLabels(owner, 'ticket')).toEqual(['public']);
    expect(layerLabels(owner, null)).toEqual(['public']);
    expect(layerLabels({ areas: ['510802'], labels }, null)).toEqual(labels);
    expect(layerLabels({ areas: ['*', police], labels }, null)).toEqual(labels);
  });
});

describe('what a department does with an incident', () => {
  const incident = (change: Partial<Incident>) =>
    ({
      stage: 'assigned',
      region: '510802',
      unit: unit(police),
      assisting: [],
      tasks: [],
      ...change,
    }) as const;
  const own = reachesOf([police]);

  it.each([
    ['handles it', {}, { start: true, return: true, note: true, assign: false, urge: false, cite: false }],
    ['has answered it', { stage: 'answered' as const }, { return: false, note: true }],
    ['helps', { unit: unit(fire), assisting: [unit(police)] }, { start: false, answer: false, note: true }],
    ['has nothing to do with it', { unit: unit(fire) }, { note: false, start: false }],
  ])('that %s', (_what, change, may) => {
    const asked = Object.keys(may) as (keyof typeof may)[];
    expect(Object.fromEntries(asked.map((verb) => [verb, mayAct(incident(change), own, verb)]))).toEqual(may);
  });

  it('sees it for a task, and a desk of its region does all', () => {
    const tasks = [{ unit: unit(police) }] as unknown as Incident['tasks'];
    expect(isReached(incident({ unit: null, tasks }), own)).toBe(true);
    expect(mayAct(incident({ unit: null, tasks }), own, 'note')).toBe(true);
    expect(mayAct(incident({}), reachesOf(['510802']), 'assign')).toBe(true);
  });
});
