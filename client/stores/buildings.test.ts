import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Building } from '../looks/building-look.ts';
import {
  buildingCounts,
  buildingLegend,
  buildings,
  buildingTable,
  filterBuildings,
  loadBuildings,
  nextBuildingColour,
} from './buildings.ts';
import { ask, asked, select, selectBuilding, view } from './view.ts';

const home: Building = {
  number: 1,
  id: 'b-1',
  name: '',
  use: 'residential',
  floors: 6,
  heightM: 18,
  residents: 60,
  buildYear: 1998,
};

beforeEach(() => {
  Object.assign(buildings, {
    shown: false,
    colour: null,
    filter: null,
    picked: null,
    hovered: null,
    asked: null,
  });
});

describe('choosing a building', () => {
  it('takes the place of a row and of a question, and gives way to a row', () => {
    select({ layer: 'river-gauge', key: 'a' });
    ask({ at: [105.8, 32.4], name: null });
    selectBuilding(home);
    expect([view.selection, asked.value, buildings.picked]).toEqual([null, null, home]);
    select({ layer: 'river-gauge', key: 'a' });
    expect(buildings.picked).toBeNull();
    selectBuilding(home);
    ask({ at: [105.8, 32.4], name: null });
    expect(buildings.picked).toBeNull();
    ask(null);
  });
});

describe('colour and filter', () => {
  it('goes through every attribute and back to none', () => {
    const seen = Array.from({ length: 6 }, () => (nextBuildingColour(), buildings.colour));
    expect(seen).toEqual(['use', 'floors', 'heightM', 'residents', 'buildYear', null]);
  });

  it('keeps the other parts of a filter, and is none when the last is taken away', () => {
    filterBuildings({ floors: [7, 40] });
    filterBuildings({ uses: ['school'] });
    expect(buildings.filter).toEqual({ floors: [7, 40], uses: ['school'] });
    filterBuildings({ floors: undefined });
    expect(buildings.filter).toEqual({ uses: ['school'] });
    filterBuildings({ uses: undefined });
    expect(buildings.filter).toBeNull();
  });
});

describe('what is known of all buildings', () => {
  it('is asked for again after it did not come, and counted when it did', async () => {
    const answers = [new Response(null, { status: 404 }), new Response(null, { status: 404 })];
    const fetched = vi.fn(() => Promise.resolve(answers.shift() ?? new Response(null, { status: 500 })));
    vi.stubGlobal('fetch', fetched);
    await loadBuildings('/tiles/x');
    expect(buildingTable.value).toBeNull();
    expect(buildingCounts.value).toBeNull();
    answers.push(new Response(new ArrayBuffer(36)), Response.json({ note: { zh: '示意' }, synthetic: true }));
    await loadBuildings('/tiles/x');
    await loadBuildings('/tiles/x');
    expect(fetched).toHaveBeenCalledTimes(4);
    expect(buildingCounts.value).toMatchObject({ all: 2, shown: 2 });
    buildings.colour = 'use';
    expect(buildingLegend.value).toEqual([]);
    buildings.shown = true;
    expect(buildingLegend.value[0]).toMatchObject({ count: 2 });
    vi.unstubAllGlobals();
  });
});
