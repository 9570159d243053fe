// Signals come together, stay apart, contradict each other, and obey people; all of it is in a real log.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCity } from '../../../cities/load.ts';
import { ObservationBatch } from '../../../contracts/frame.ts';
import type { Layer } from '../../../contracts/layer.ts';
import { alert } from '../../../contracts/layers/alert.ts';
import { cluster } from '../../../contracts/layers/cluster.ts';
import { emergencyCall } from '../../../contracts/layers/emergency-call.ts';
import { opinionPost } from '../../../contracts/layers/opinion-post.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { createManualClock } from '../../kit/clock.ts';
import { openStore } from '../../store/open-store.ts';
import { silent } from '../../store/silent.test-kit.ts';
import type { Store } from '../../store/store.ts';
import { ClusterBook } from './cluster-book.ts';
import { PlacesInText } from './places-in-text.ts';
import { hurtIn } from './signals.ts';

const T0 = Date.UTC(2026, 6, 16, 12);
const MINUTE = 60_000;
const places = new PlacesInText(loadCity('guangyuan').gazetteer);
const layers: readonly Layer[] = [emergencyCall, ticket, opinionPost, alert, warning, cluster];

let folder: string;
let store: Store;
let tables: ReadonlyMap<string, LayerTable>;
let book: ClusterBook;
let clock: ReturnType<typeof createManualClock>;

async function open(): Promise<void> {
  store = await openStore({ folder, city: 'guangyuan', url: null }, { clock, log: silent });
  const table = (slug: string) => tables.get(slug) as LayerTable;
  book = new ClusterBook({
    log: await store.openLog('live', () => clock.now()),
    logger: silent,
    places,
    rows: { table: table('cluster'), batch: new ObservationBatch(cluster) },
    table,
  });
  await book.open();
}

async function close(): Promise<void> {
  await book.close();
  await store.close();
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'clusters-'));
  clock = createManualClock(T0);
  tables = new Map(layers.map((layer) => [layer.slug, new LayerTable(layer)]));
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

function put(layer: Layer, key: string, values: object, regionCode = '510802'): void {
  const row = { key, validAt: clock.now(), source: 's', regionCode, synthetic: true, values };
  tables.get(layer.slug)?.put(row);
}

function tick(minutes = 1): void {
  book.tick({ at: clock.now() });
  for (const table of tables.values()) table.clearChanges();
  clock.advance(minutes * MINUTE);
}

const rows = () => [...(tables.get('cluster') as LayerTable).rows()];

/** A gas leak near the old town: a call, a ticket, and a post that names the place only. */
function gasLeak(): void {
  put(emergencyCall, 'c1', {
    position: [105.83, 32.44],
    title: '小区燃气泄漏 2人受伤',
    severity: 'orange',
    status: 'accepted',
  });
  tick(5);
  put(ticket, 't1', { position: [105.832, 32.441], title: '居民反映燃气泄漏气味大', status: 'accepted' });
  tick();
}

test('a call and a ticket about one thing are one cluster, with its reasons; what is far, late or else is not', () => {
  gasLeak();
  put(ticket, 'far', { position: [106.2, 32.2], title: '居民反映燃气泄漏气味大' }, '510821');
  put(ticket, 'else', { position: [105.83, 32.44], title: '路灯不亮请维修' });
  tick(7 * 60);
  put(ticket, 'late', { position: [105.83, 32.44], title: '小区燃气泄漏' });
  tick();
  const [found] = book.list();
  expect(book.list()).toHaveLength(1);
  expect(found).toMatchObject({
    count: 2,
    severity: 'orange',
    title: '小区燃气泄漏 2人受伤',
    state: 'proposed',
  });
  expect(found?.confidence).toBeGreaterThanOrEqual(0.6);
  expect(found?.reasons.join(' ')).toMatch(/相距 \d+ m.*相隔 5 分钟.*共同用词：.*燃气/);
  expect(rows()).toMatchObject([
    { synthetic: true, values: { signals: 2, state: 'proposed', severity: 'orange' } },
  ]);
});

test('a post without a position is placed by the names in its words', () => {
  put(
    emergencyCall,
    'c',
    { position: [105.565, 32.29], title: '剑门关镇餐馆起火', status: 'accepted' },
    '510823',
  );
  const town = places.find('剑门关镇餐馆起火').place;
  put(emergencyCall, 'c', {
    position: [town?.lon ?? 0, town?.lat ?? 0],
    title: '剑门关镇餐馆起火',
    status: 'accepted',
  });
  put(opinionPost, 'p', { title: '剑门关镇一餐馆起火，浓烟很大' }, '');
  tick();
  expect(book.list()).toMatchObject([{ count: 2, kinds: { 'emergency-call': 1, 'opinion-post': 1 } }]);
});

test('praise is no signal, and one class alone joins nothing', () => {
  const at = { position: [105.83, 32.44], sentiment: 0.6 };
  put(opinionPost, 'a', { ...at, title: '江边散步真舒服' });
  put(opinionPost, 'b', { ...at, title: '江边散步真舒服' });
  const pothole = { position: [105.83, 32.44], category: '城乡建设' };
  put(ticket, 'x', { ...pothole, title: '井盖响动扰民' });
  tick(60);
  put(ticket, 'y', { ...pothole, title: '人行道地砖松动' });
  tick();
  expect(book.list()).toEqual([]);
  put(opinionPost, 'c', { ...at, sentiment: -0.4, title: '井盖响动一整夜' });
  tick();
  expect(book.list()).toMatchObject([{ kinds: { ticket: 1, 'opinion-post': 1 } }]);
});

test.each([
  ['朝天椒又涨价了', [], null],
  ['东河镇街道积水', ['东河镇'], '东河镇'],
  ['昭化路拥堵', [], null],
  ['昭化古城游客多', ['昭化古城'], '昭化古城'],
  ['苍溪县元坝镇停电', ['苍溪县', '元坝镇'], '元坝镇'],
  ['元坝镇停电', ['元坝镇'], null],
])('the places in "%s"', (text, names, place) => {
  const found = places.find(text);
  expect([found.names, found.place?.name ?? null]).toEqual([names, place]);
});

test('of two towns of one name the county decides', () => {
  expect(places.find('苍溪县元坝镇停电').place?.countyCode).toBe('510824');
  expect(places.find('元坝镇停电', '510811').place?.countyCode).toBe('510811');
});

test('how many are hurt is read out of words, and two counts contradict each other', () => {
  expect(['3人受伤', '两人被困', '无人员伤亡', '十人', '车祸'].map(hurtIn)).toEqual([3, 2, 0, null, null]);
  gasLeak();
  put(ticket, 't2', { position: [105.831, 32.44], title: '燃气泄漏 无人员伤亡', status: 'closed' });
  tick();
  expect(book.list()[0]?.contradictions).toEqual([
    '伤亡或被困人数不一：0 人、2 人',
    '1 条来源称已办结，2 条仍在办',
  ]);
});

test('people confirm, split and merge; what they decided outlives a restart and is not undone by the next signal', async () => {
  gasLeak();
  put(ticket, 't2', { position: [105.831, 32.44], title: '燃气泄漏 气味大', status: 'accepted' });
  tick();
  const [found] = book.list();
  const id = found?.id ?? '';
  const apart = await book.split('officer', {
    id,
    signals: [{ layer: 'ticket', key: 't2' }],
    reason: '另一小区',
  });
  expect(apart).toMatchObject({ count: 1, by: 'officer' });
  expect(await book.confirm('officer', { id, reason: '现场核实' })).toMatchObject({
    state: 'confirmed',
    count: 2,
    confidence: 1,
  });
  put(ticket, 't2', { position: [105.831, 32.44], title: '燃气泄漏 气味大', status: 'closed' });
  tick();
  expect(book.list()).toMatchObject([{ id, count: 2 }]);

  await close();
  await open();
  tick();
  expect(book.list()).toMatchObject([{ id, count: 2, state: 'confirmed', by: 'officer' }]);

  put(emergencyCall, 'x1', { position: [105.9, 32.5], title: '塌方堵路' });
  put(emergencyCall, 'x2', { position: [105.9, 32.5], title: '塌方堵路' });
  tick();
  const other = book.list().find((one) => one.id !== id)?.id ?? '';
  await book.merge('officer', { id: other, into: id, reason: '同一次滑坡' });
  tick();
  expect(book.list()).toMatchObject([{ id, count: 4 }]);
  expect(rows()).toHaveLength(1);
  await book.dismiss('officer', { id, reason: '演练' });
  tick();
  expect([book.list(), rows()]).toEqual([[], []]);
  await expect(book.confirm('officer', { id, reason: 'x' })).rejects.toThrow(/dismissed/);
  await expect(book.confirm('officer', { id: 'no', reason: 'x' })).rejects.toThrow(/not-found/);
});

test('ten thousand alerts of one cause are one cluster, once, over a restart too', async () => {
  for (let i = 0; i < 10_000; i++) {
    put(alert, `al-${i}`, {
      position: [105.8 + (i % 100) * 0.001, 32.4 + Math.floor(i / 100) * 0.001],
      title: `路侧设备 ${i} 离线`,
      rule: 'roadside-offline',
      severity: 'blue',
      state: 'open',
    });
    if (i % 2500 === 2499) tick();
  }
  expect(book.list()).toMatchObject([{ count: 10_000, kinds: { alert: 10_000 }, contradictions: [] }]);
  expect(rows()).toHaveLength(1);
  await close();
  await open();
  tick();
  expect(book.list()).toMatchObject([{ count: 10_000 }]);
});

test('a cluster that heard nothing for half a day ends', () => {
  gasLeak();
  tick(13 * 60);
  tick();
  expect([book.list(), rows()]).toEqual([[], []]);
});
