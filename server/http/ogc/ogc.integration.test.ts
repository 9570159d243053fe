// OGC API – Features as its text has it: links, pages, moments, filters, classes of subjects, and what is refused.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Label } from '../../../contracts/column.ts';
import { allow, demoSubject } from '../../access/allow.ts';
import { silentLog } from '../../main/trial-server.ts';
import { createApp } from '../app.ts';
import type { PastTrial } from '../../main/trial-past.ts';
import { MINUTE, MINUTES, START, VEHICLES, placeOf, startPast } from '../../main/trial-past.ts';

let past: PastTrial;
beforeAll(async () => {
  past = await startPast();
});
afterAll(() => past.trial.server.stop());

interface Item {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly number[] } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Page {
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly numberMatched?: number;
  readonly numberReturned: number;
  readonly features: readonly Item[];
}

const items = '/ogc/collections/vehicle-position/items';
const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();
const read = async (address: string): Promise<Page> =>
  (await (await fetch(address.startsWith('/') ? past.trial.server.url + address : address)).json()) as Page;

async function readPages(address: string): Promise<Item[]> {
  const found: Item[] = [];
  let next: string | undefined = address;
  while (next !== undefined) {
    const page: Page = await read(next);
    expect(page.features).toHaveLength(page.numberReturned);
    found.push(...page.features);
    next = page.links.find(({ rel }) => rel === 'next')?.href;
  }
  return found;
}

test('links lead from the landing page to an item, each of the type it says', async () => {
  const seen = new Set<string>();
  const walk = async (href: string, type?: string): Promise<void> => {
    if (seen.has(href) || seen.size > 60) return;
    seen.add(href);
    const answer = await fetch(href);
    expect([href, answer.status]).toEqual([href, 200]);
    expect(answer.headers.get('x-data-class')).toBe('demo');
    if (type) expect(answer.headers.get('content-type')).toContain(type);
    const body = (await answer.json()) as { links?: { href: string; type?: string }[] };
    for (const link of body.links ?? []) await walk(link.href, link.type);
  };
  await walk(`${past.trial.server.url}/ogc`);
  await walk(`${past.trial.server.url}/ogc/collections/vehicle-position`);
  expect([...seen].some((href) => href.includes('/items'))).toBe(true);
  const answer = await past.trial.get(items);
  expect(answer.headers.get('content-type')).toContain('application/geo+json');
  expect(answer.headers.get('content-crs')).toBe('<http://www.opengis.net/def/crs/OGC/1.3/CRS84>');
});

test('links of a world lead on in it, and pages put together are all of it', async () => {
  const inWorld = (address: string): string => `${address}${address.includes('?') ? '&' : '?'}world=live`;
  for (const path of ['/ogc', '/ogc/collections', '/ogc/collections/vehicle-position', `${items}?limit=3`]) {
    const { links } = await read(inWorld(path));
    for (const { href } of links) {
      expect([href, new URL(href).searchParams.getAll('world')]).toEqual([href, ['live']]);
    }
  }
  for (const query of ['limit=7', `limit=7&datetime=${at(30.5)}`, `limit=100&datetime=${at(10)}/${at(20)}`]) {
    const [told, asked] = [
      await readPages(`${items}?${query}`),
      await readPages(inWorld(`${items}?${query}`)),
    ];
    expect(asked).toEqual(told);
    expect(asked.length).toBeGreaterThanOrEqual(VEHICLES);
  }
  expect((await past.trial.get(inWorld(items).replace('live', 'nowhere'))).status).toBe(404);
});

test('pages of a live state hold every row once while rows come and go', async () => {
  const first = await read(`${items}?limit=10`);
  expect([first.numberMatched, first.numberReturned]).toEqual([VEHICLES, 10]);
  const next = first.links.find(({ rel }) => rel === 'next')?.href ?? '';
  const table = past.trial.server.world.table('vehicle-position');
  const gone = first.features[3]?.id ?? '';
  const row = table.row(table.slotOf(gone));
  table.remove(table.slotOf(gone), 'gone');
  const rest = await readPages(next);
  table.put(row);
  expect(new Set([...first.features, ...rest].map(({ id }) => id)).size).toBe(VEHICLES);
});

test('a moment is the state as it was known, an interval what was observed in it, both by pages', async () => {
  const state = await readPages(`${items}?limit=7&datetime=${at(30.5)}`);
  expect(state).toHaveLength(VEHICLES);
  const one = state.find(({ properties }) => properties.name === 'MN4');
  expect(one?.geometry?.coordinates).toEqual(placeOf(4, 30));
  const said = await readPages(`${items}?limit=100&datetime=${at(10)}/${at(20)}&name=MN4`);
  expect(said.map(({ properties }) => properties.validAt)).toEqual(
    Array.from({ length: 11 }, (_, minute) => at(10 + minute)),
  );
  expect(said[0]?.properties.knownAt).toBeTypeOf('string');
  expect(await readPages(`${items}?limit=900&datetime=../${at(4)}`)).toHaveLength(5 * VEHICLES);
  expect(await readPages(`${items}?limit=900&datetime=${at(MINUTES - 2)}/..`)).toHaveLength(2 * VEHICLES);
  expect((await read(`${items}?datetime=${at(-600)}`)).features).toEqual([]);
});

test('an item of the state and one of the past are found by their ids', async () => {
  const [now] = (await read(`${items}?limit=1`)).features;
  const [then] = (await read(`${items}?limit=1&datetime=${at(10)}/${at(10)}`)).features;
  for (const item of [now, then]) {
    const found = (await past.trial.json(`${items}/${encodeURIComponent(item?.id ?? '')}`)) as Item;
    expect(found).toMatchObject({ type: 'Feature', id: item?.id, geometry: item?.geometry });
    expect(found.properties).toEqual(item?.properties);
  }
  for (const id of ['nobody', `${now?.id}@1`]) {
    expect((await past.trial.get(`${items}/${id}`)).status).toBe(404);
  }
});

test('any column chooses, and the queryables say which and in which unit', async () => {
  const { features, numberMatched } = await read(`${items}?kind=taxi&speedKmh=74&limit=2`);
  expect([numberMatched, features.length]).toEqual([10, 2]);
  expect((await read(`${items}?speedKmh=3`)).numberMatched).toBe(0);
  const { properties } = (await past.trial.json('/ogc/collections/vehicle-position/queryables')) as {
    properties: Record<string, unknown>;
  };
  expect(properties.speedKmh).toMatchObject({ type: 'number', 'x-ogc-unit': 'km/h' });
});

test.each([
  ['bbox=1,2,3', 'bbox'],
  ['bbox=84,42,85,41', 'bbox'],
  ['datetime=yesterday', 'datetime'],
  [`datetime=${at(9)}/${at(8)}`, 'datetime'],
  [`datetime=${at(600)}`, 'still to come'],
  ['limit=0', 'limit'],
  ['speedkmh=3', 'speedKmh'],
  ['speedKmh=fast', 'km/h'],
  ['kind=boat', 'taxi'],
  [`datetime=${at(1)}/${at(2)}&after=x`, 'next'],
])('%s is refused and named', async (query, named) => {
  const answer = await past.trial.get(`${items}?${query}`);
  expect(answer.status).toBe(400);
  const { code, description } = (await answer.json()) as Record<string, string>;
  expect(code).toBe('request/invalid');
  expect(description).toContain(named);
});

test('a limit above the highest is the highest, and a grid is no collection', async () => {
  expect((await past.trial.get(`${items}?limit=1000000`)).status).toBe(200);
  expect((await past.trial.get('/ogc/collections/rain-grid')).status).toBe(404);
});

test('columns above the class of a subject are not told, chosen by, or used for boxes', async () => {
  const own: readonly Label[] = ['public'];
  const { routes } = past.trial.server;
  const subject = { ...demoSubject, id: 'clerk', labels: own };
  const app = createApp({
    ...{ routes, allow, log: silentLog, demo: true, outsideOrigins: [], audit: null, isSecure: false },
    asksStepUp: () => false,
    asksFactor: () => false,
    door: {
      callerOf: () => ({
        subject,
        session: null,
        mustChange: false,
        mustEnrol: false,
        hasFactor: true,
        isFresh: true,
      }),
    },
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls = `${url}/ogc/collections/emergency-call`;
  const [call] = (await read(`${calls}/items`)).features;
  expect(call?.geometry).toBeNull();
  expect(Object.keys(call?.properties ?? {})).not.toContain('address');
  expect((await read(`${calls}/items?bbox=84,41,85,42`)).features).toEqual([]);
  const past30 = await read(`${url}${items}?datetime=${at(30)}/${at(31)}&limit=3`);
  expect(Object.keys(past30.features[0]?.properties ?? {})).not.toContain('name');
  expect((await fetch(`${url}${items}?name=MN4`)).status).toBe(400);
  expect(JSON.stringify(await (await fetch(calls)).json())).not.toContain('address');
  const found = await fetch(`${calls}/items/${call?.id}`);
  expect(await found.text()).not.toContain('利州');
  server.close();
});
