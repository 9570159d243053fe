// The whole simulated city on port 0: every address, caching, cursors, faults, determinism.
import { afterEach, expect, test } from 'vitest';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { createSimulation, type Simulation } from './simulation.ts';

const TINY = new URL('./fixtures/cities', import.meta.url).pathname;
const running: Simulation[] = [];

async function start(
  args: string[] = [],
  citiesDir: string | null = TINY,
): Promise<{ base: string; simulation: Simulation }> {
  const where = citiesDir === null ? [] : ['--cities-dir', citiesDir, '--city', 'tiny'];
  const closed = [
    '--mqtt',
    'mqtt://127.0.0.1:1',
    '--jtt808',
    '127.0.0.1:1',
    '--hj212',
    '127.0.0.1:1',
    '--webhook',
    'http://127.0.0.1:1/inbox',
  ];
  const config: Config = readConfig(
    [
      ...where,
      ...closed,
      '--port',
      '0',
      '--paused',
      '--scale',
      '0.02',
      '--start',
      '2026-07-16T14:00:00+08:00',
      ...args,
    ],
    {},
    () => 0,
  );
  const errors: unknown[] = [];
  const simulation = createSimulation(config, {
    wall: () => 1_784_181_600_000,
    log: (event, facts) => errors.push({ event, facts }),
  });
  running.push(simulation);
  const port = await simulation.start();
  expect(errors).toEqual([]);
  return { base: `http://127.0.0.1:${port}`, simulation };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulation) => simulation.stop()));
});

const ADDRESSES = [
  '/gtfs/gtfs.zip',
  '/gtfs-rt/vehicle-positions.pb',
  '/gtfs-rt/trip-updates.pb',
  '/gtfs-rt/alerts.pb',
  '/traffic/flow-stations',
  '/traffic/roadside-points',
  '/traffic/segments',
  '/traffic/segment-speeds',
  '/sta/v1.1',
  '/sta/v1.1/Things?$expand=Locations,Datastreams($expand=Observations($orderby=phenomenonTime desc;$top=1))',
  '/sta/v1.1/Datastreams(1)/Observations?$filter=phenomenonTime gt 2026-07-16T05:00:00Z&$count=true',
  '/eco/water-sections',
  '/eco/noise',
  '/eco/radiation',
  '/weather/radar-rain.covjson',
  '/warnings/index.atom',
  '/hydrology/stations',
  '/hydrology/reservoirs',
  '/hydrology/dispatch-orders',
  '/hydrology/forecasts',
  '/hydrology/release-plans',
  '/opinion/posts.atom',
  '/police/figures',
  '/emergency/resources',
  '/12345/changes',
];

test('every address answers with ETag and Last-Modified, and 304 when nothing changed, in a city that lacks most files', async () => {
  const { base } = await start();
  for (const address of ADDRESSES) {
    const first = await fetch(base + address);
    expect(first.status, address).toBe(200);
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    expect(etag, address).toMatch(/^".+"$/);
    expect((await fetch(base + address, { headers: { 'if-none-match': etag } })).status, address).toBe(304);
    expect(
      (await fetch(base + address, { headers: { 'if-modified-since': modified } })).status,
      address,
    ).toBe(304);
    expect((await fetch(base + address, { headers: { 'if-none-match': '"other"' } })).status, address).toBe(
      200,
    );
  }
});

test('unknown addresses and wrong methods say what to do', async () => {
  const { base } = await start();
  expect((await fetch(`${base}/nothing`)).status).toBe(404);
  expect((await fetch(`${base}/control/clock`)).status).toBe(405);
  expect((await fetch(`${base}/sta/v1.1/Things?$apply=x`)).status).toBe(400);
});

test('the same seed and clock give the same bytes, another seed other bytes', async () => {
  const read = async (seed: string): Promise<string[]> => {
    const { base, simulation } = await start(['--seed', seed]);
    await simulation.world.clock.advance(1_900_000);
    const texts = await Promise.all(
      ADDRESSES.map(async (address) =>
        Buffer.from(await (await fetch(base + address)).arrayBuffer()).toString('latin1'),
      ),
    );
    return texts.map((text) => text.replaceAll(base, ''));
  };
  const [one, again, other] = [await read('5'), await read('5'), await read('6')];
  expect(again).toEqual(one);
  const different = ADDRESSES.filter((_, i) => one[i] !== other[i]);
  expect(different).toContain('/12345/changes');
  expect(different).toContain('/opinion/posts.atom');
});

interface ChangePage {
  items: { caseId: string; changedAt: string }[];
  next: { since: string; after: string } | null;
}

test('paging 12345 by its cursor visits every case once, in order', async () => {
  const { base, simulation } = await start();
  await simulation.world.clock.advance(3_600_000);
  const all = (await (await fetch(`${base}/12345/changes?limit=500`)).json()) as ChangePage;
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 100; pages++) {
    const page = (await (await fetch(`${base}/12345/changes?limit=7${cursor}`)).json()) as ChangePage;
    seen.push(...page.items.map((item) => item.caseId));
    if (page.next === null) break;
    cursor = `&since=${encodeURIComponent(page.next.since)}&after=${encodeURIComponent(page.next.after)}`;
  }
  expect(seen.length).toBeGreaterThan(150);
  expect(seen).toEqual(all.items.map((item) => item.caseId));
  expect(new Set(seen).size).toBe(seen.length);
  expect((await fetch(`${base}/12345/changes?since=yesterday`)).status).toBe(400);
});

interface Observations {
  value: { '@iot.id': number; phenomenonTime: string; result: number }[];
  '@iot.nextLink'?: string;
  '@iot.count'?: number;
}

test('SensorThings pages through a filtered range without gaps', async () => {
  const { base } = await start();
  const query =
    '$filter=phenomenonTime gt 2026-07-16T00:00:00Z&$orderby=phenomenonTime desc&$count=true&$top=30';
  let next: string | undefined = `${base}/sta/v1.1/Datastreams(2)/Observations?${query}`;
  const times: string[] = [];
  let count = 0;
  while (next !== undefined) {
    const page = (await (await fetch(next)).json()) as Observations;
    times.push(...page.value.map((o) => o.phenomenonTime));
    count = page['@iot.count'] ?? 0;
    next = page['@iot.nextLink'];
  }
  // Six hours after midnight UTC at five-minute steps.
  expect(count).toBe(72);
  expect(times).toHaveLength(72);
  expect(times[0]).toBe('2026-07-16T06:00:00.000Z');
  expect(new Set(times).size).toBe(72);
});

async function firstEvents(
  url: string,
  count: number,
  lastId?: string,
): Promise<{ id: string; event: string }[]> {
  const abort = new AbortController();
  const response = await fetch(url, {
    signal: abort.signal,
    ...(lastId === undefined ? {} : { headers: { 'last-event-id': lastId } }),
  });
  const events: { id: string; event: string }[] = [];
  let text = '';
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    for (const match of text.matchAll(/id: (\d+)\nevent: (\w+)\ndata: .*\n\n/g)) {
      if (events.length < count && !events.some((e) => e.id === match[1] && match[1] !== events[0]?.id)) {
        events.push({ id: match[1] ?? '', event: match[2] ?? '' });
      }
    }
    if (events.length >= count) break;
    events.length = 0;
  }
  abort.abort();
  return events;
}

test('road events resume after Last-Event-ID', async () => {
  const { base, simulation } = await start();
  await simulation.world.clock.advance(20_000);
  const events = await firstEvents(`${base}/traffic/events`, 8, '0');
  expect(events.map((e) => e.id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  expect((await firstEvents(`${base}/traffic/events`, 2, '6')).map((e) => e.id)).toEqual(['7', '8']);
});

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

test('the control desk drives clock, faults, weather and happenings', async () => {
  const { base, simulation } = await start();
  const moved = (await (await post(`${base}/control/clock`, { advanceS: 600 })).json()) as { now: string };
  expect(moved.now).toBe('2026-07-16T14:10:00+08:00');

  expect((await post(`${base}/control/faults`, { feed: 'noise', fault: 'stop', forS: 60 })).status).toBe(201);
  expect((await fetch(`${base}/eco/noise`)).status).toBe(503);
  expect((await fetch(`${base}/eco/radiation`)).status).toBe(200);
  await simulation.world.clock.advance(61_000);
  expect((await fetch(`${base}/eco/noise`)).status).toBe(200);
  expect((await post(`${base}/control/faults`, { feed: 'nope', fault: 'stop' })).status).toBe(400);
  expect((await post(`${base}/control/faults`, { feed: 'noise', fault: 'nope' })).status).toBe(400);

  const centre = [100.15, 30.1] as const;
  expect(
    (await post(`${base}/control/weather`, { rainMmH: 60, centre, radiusKm: 20, forS: 3600 })).status,
  ).toBe(201);
  await simulation.world.clock.advance(600_000);
  expect(simulation.world.weather.rainMmH(centre, simulation.world.clock.now())).toBeGreaterThan(40);
  const index = await (await fetch(`${base}/warnings/index.atom`)).text();
  expect(index).toContain('暴雨红色预警');

  for (const kind of [
    'road-event',
    'warning',
    'call',
    'fire-alarm',
    'earthquake',
    'outfall-excess',
    'opinion-surge',
    'ticket-surge',
  ]) {
    expect((await post(`${base}/control/inject`, { kind })).status, kind).toBe(201);
  }
  expect((await post(`${base}/control/inject`, { kind: 'nope' })).status).toBe(400);
  const state = (await (await fetch(`${base}/control/state`)).json()) as {
    feeds: { id: string }[];
    objects: Record<string, number>;
  };
  expect(state.feeds).toHaveLength(31);
  expect(state.objects['roadEvents']).toBeGreaterThan(5);
});

test('a CAP document of each entry can be fetched and names what it updates', async () => {
  const { base } = await start();
  const index = await (await fetch(`${base}/warnings/index.atom`)).text();
  const links = [...index.matchAll(/href="([^"]+\.cap)"/g)].map((match) => match[1] ?? '');
  expect(links.length).toBeGreaterThan(6);
  const documents = await Promise.all(links.map(async (link) => (await fetch(link)).text()));
  const types = documents.map((text) => /<msgType>(\w+)</.exec(text)?.[1]);
  expect(new Set(types)).toEqual(new Set(['Alert', 'Update', 'Cancel']));
  for (const text of documents.filter((d) => !d.includes('<msgType>Alert<')))
    expect(text).toMatch(/<references>[^,]+,[^,]+,[^<]+</);
  expect(documents.some((text) => text.includes('<status>Exercise<'))).toBe(true);
  expect(documents.some((text) => !text.includes('<polygon>'))).toBe(true);
});
