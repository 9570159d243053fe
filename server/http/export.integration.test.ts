// A layer and a range of time as a file: every observation once, times, units and sources with it, in bounded memory.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Feature } from '../../contracts/geojson.ts';
import type { PastTrial } from '../main/trial-past.ts';
import { MINUTE, MINUTES, START, VEHICLES, placeOf, startPast } from '../main/trial-past.ts';
import { becomeDemo } from '../main/trial-server.ts';

let past: PastTrial;
beforeAll(async () => {
  past = await startPast();
});
afterAll(() => past.trial.server.stop());

const address = (query: string): string => `/api/layers/vehicle-position/export?${query}`;
const at = (minute: number): number => START + minute * MINUTE;

test('GeoJSON of everything is every observation once, in order, over more than one page', async () => {
  const answer = await past.trial.get(address(`from=${at(0)}`));
  expect(answer.headers.get('content-disposition')).toMatch(/vehicle-position-20260715T040000Z-.*\.geojson/);
  expect(answer.headers.get('x-data-class')).toBe('demo');
  const body = (await answer.json()) as { features: Feature[]; dataClass: string; from: string };
  expect([body.dataClass, body.from]).toEqual(['demo', '2026-07-15T04:00:00.000Z']);
  const told = body.features.map(
    ({ properties }) => `${String(properties.validAt)} ${String(properties.name)}`,
  );
  expect(told).toHaveLength(VEHICLES * MINUTES);
  expect(new Set(told).size).toBe(VEHICLES * MINUTES);
  const moments = body.features.map(({ properties }) => String(properties.validAt));
  expect(moments).toEqual(moments.toSorted());
  const [one] = body.features.filter(
    ({ properties }) => properties.name === 'MN7' && properties.validAt === new Date(at(12)).toISOString(),
  );
  expect(one?.geometry).toEqual({ type: 'Point', coordinates: placeOf(7, 12) });
  expect(one?.properties).toMatchObject({ source: 'driven', quality: 'good', synthetic: true, speedKmh: 12 });
  expect(Date.parse(String(one?.properties.knownAt))).toBeGreaterThanOrEqual(at(12));
});

test('CSV opens in a spreadsheet: a mark, units in the head, both times, words for codes', async () => {
  const row = past.trial.server.world.table('vehicle-position').rows().next().value;
  const query = `format=csv&from=${new Date(at(10)).toISOString()}&to=${at(20)}&keys=${row?.key}`;
  const bytes = new Uint8Array(await (await past.trial.get(address(query))).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = new TextDecoder().decode(bytes);
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  expect(head.split(',')).toEqual(
    expect.arrayContaining(['编号', '速度 (km/h)', '航向 (°)', '经度 (°)', '质量', '来源', '演示数据']),
  );
  expect(head).toContain('数据时间 validAt (UTC)');
  expect(head).toContain('获知时间 knownAt (UTC)');
  expect(lines).toHaveLength(11);
  expect(lines[0]).toContain('2026-07-15T04:10:00.000Z');
  expect(
    lines.every((line) => /货车|出租车/.test(line) && line.split(',').length === head.split(',').length),
  ).toBe(true);
  const english = await (await past.trial.get(address(`${query}&language=en`))).text();
  expect(english.split('\r\n')[0]).toContain('Speed (km/h)');
});

test('shapes are well-known text, and no text becomes a formula', async () => {
  const text = await (await past.trial.get('/api/layers/warning/export?format=csv')).text();
  expect(text).toContain('"POLYGON ((84.1 41.1, 84.3 41.1, 84.3 41.3, 84.1 41.3, 84.1 41.1))"');
  expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(2);
});

test('the size is said before, and nothing is as large as nothing', async () => {
  const about = (await past.trial.json(`/api/layers/vehicle-position/export/size?from=${at(0)}`)) as {
    rows: number;
    bytes: number;
  };
  const whole = await (await past.trial.get(address(`from=${at(0)}`))).text();
  expect(Math.abs(about.rows - VEHICLES * MINUTES)).toBeLessThan(VEHICLES * 3);
  expect(about.bytes / whole.length).toBeGreaterThan(0.8);
  expect(about.bytes / whole.length).toBeLessThan(1.2);
  const none = (await past.trial.json(address(`from=${at(-60)}&to=${at(-50)}`))) as { features: unknown[] };
  expect(none.features).toEqual([]);
});

test.each([
  [`from=${at(-60 * 24 * 40)}`, '31'],
  [`from=${at(5)}&to=${at(4)}`, 'not before'],
  ['from=yesterday', 'RFC 3339'],
  ['format=xlsx', 'format'],
  ['keys=', 'keys'],
])('%s is refused and told why', async (query, named) => {
  const answer = await past.trial.get(address(query));
  expect(answer.status).toBe(400);
  expect(JSON.stringify(await answer.json())).toContain(named);
});

test('a grid is no table, and an unknown layer is not found', async () => {
  expect((await past.trial.get('/api/layers/rain-grid/export?format=csv')).status).toBe(400);
  expect((await past.trial.get('/api/layers/rain-gird/export')).status).toBe(404);
});

/** Asks under an account of the demonstration. */
async function as(cookie: string, address: string, body?: object): Promise<Response> {
  const { url } = past.trial.server;
  if (body === undefined) return fetch(`${url}${address}`, { headers: { cookie } });
  const headers = { cookie, 'content-type': 'application/json' };
  return fetch(`${url}${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as { code: string }).code;

test('alone nobody takes data about people: a second person approves, and the file is fetched once', async () => {
  const chief = await becomeDemo(past.trial, 'duty-chief');
  const leader = await becomeDemo(past.trial, 'leader');
  const calls = '/api/layers/emergency-call/export?format=csv&language=en';
  const masked = await (await as(chief, calls)).text();
  expect([masked.includes('电梯困人'), masked.split('\r\n').length]).toEqual([false, 3]);
  const size = await as(chief, calls.replace('?', '/size?'));
  expect(await size.json()).toMatchObject({ limits: [], withheld: ['position', 'title', 'address'] });

  const asked = { kind: 'layer', layer: 'emergency-call', format: 'csv', from: at(0), to: at(60) };
  const told = { asked: { ...asked, withPersonal: true }, reason: '核查重复报警' };
  const needless = await as(chief, '/api/exports', { ...told, asked: { ...asked, withPersonal: false } });
  expect([needless.status, await codeOf(needless)]).toEqual([409, 'request/conflict']);
  expect(await codeOf(await as(leader, '/api/exports', told))).toBe('request/forbidden');
  const made = await as(chief, '/api/exports', told);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: number };

  const verdict = { reason: '同意核查' };
  expect(await codeOf(await as(chief, `/api/exports/${id}/approve`, verdict))).toBe('request/forbidden');
  expect(await codeOf(await as(chief, `/api/exports/${id}/file`))).toBe('request/conflict');
  expect((await as(leader, `/api/exports/${id}/approve`, verdict)).status).toBe(200);
  const whole = await as(chief, `/api/exports/${id}/file`);
  expect(whole.headers.get('content-disposition')).toContain('emergency-call-');
  expect(await whole.text()).toContain('电梯困人');
  expect(await codeOf(await as(chief, `/api/exports/${id}/file`))).toBe('request/conflict');

  const own = (await (await as(chief, '/api/exports/own')).json()) as { exports: { state: string }[] };
  expect(own.exports.map(({ state }) => state)).toEqual(['fetched']);
  const auditor = await becomeDemo(past.trial, 'auditor');
  const { entries } = (await (await as(auditor, '/api/audit')).json()) as {
    entries: { kind: string; body: { detail?: string } }[];
  };
  expect(entries.filter(({ kind }) => kind.startsWith('export/')).map(({ kind }) => kind)).toEqual([
    'export/fetch',
    'export/approve',
    'export/ask',
  ]);
  const views = entries.filter(({ kind, body }) => kind === 'access/view' && body.detail !== undefined);
  expect(views.map(({ body }) => body.detail)).toContain('csv, about 1 rows, public');
});

test('more than a day of the whole city waits for a second person; a county takes it of its own area', async () => {
  const long = address(`from=${at(-60 * 30)}`);
  const answer = await past.trial.get(long);
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'access/approval']);
  expect((await as(await becomeDemo(past.trial, 'county-center'), long)).status).toBe(200);
});

test('a list that a page saves is told to the server, which says what must not stand in it', async () => {
  const chief = await becomeDemo(past.trial, 'duty-chief');
  const list = { what: 'list', id: 'emergency-call', format: 'csv', rows: 1, columns: ['title', 'status'] };
  expect(await (await as(chief, '/api/exports/lists', list)).json()).toEqual({ withheld: ['title'] });
  const many = await as(chief, '/api/exports/lists', { ...list, rows: 200_001 });
  expect(await codeOf(many)).toBe('access/approval');
  const officer = await becomeDemo(past.trial, 'duty-officer');
  expect(await codeOf(await as(officer, '/api/exports/lists', list))).toBe('request/forbidden');
});
