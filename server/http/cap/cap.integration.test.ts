// Warnings go out as CAP 1.2 and come in again through the product's own reader, at another server, the same.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { warning } from '../../../contracts/layers/warning.ts';
import warningCap from '../../feeds/warning-cap/feed.ts';
import { createWarningReader } from '../../feeds/warning-cap/parse.ts';
import type { Sink } from '../../kit/feed.ts';
import type { XmlElement } from '../../kit/xml.ts';
import { childrenNamed, parseXml, textOf } from '../../kit/xml.ts';
import { until } from '../../main/trial-client.ts';
import type { Trial } from '../../main/trial-server.ts';
import { driveFeed, startTrial } from '../../main/trial-server.ts';
import type { WarningRow } from './cap-document.ts';

const feed = driveFeed('driven', [warning]);
let from: Trial;
let to: Trial;

const area = (name: string, code: string, polygon: string): string =>
  `<area><areaDesc>${name}</areaDesc><polygon>${polygon}</polygon>` +
  `<geocode><valueName>GB/T 2260</valueName><value>${code}</value></geocode></area>`;
const AREAS = [
  area('甲县', '990101', '41.1,84.1 41.1,84.2 41.2,84.2 41.2,84.1 41.1,84.1'),
  area('乙县', '990102', '41.2,84.2 41.2,84.3 41.3,84.3 41.2,84.2'),
];

const info = (event: string, severity: string, areas: string): string =>
  `<info><language>zh-CN</language><category>Met</category><category>Safety</category><event>${event}</event>
  <urgency>Expected</urgency><severity>${severity}</severity><certainty>Likely</certainty>
  <eventCode><valueName>GB/T 35965.1</valueName><value>11B03</value></eventCode>
  <onset>2026-07-15T12:10:00+08:00</onset><expires>2026-07-15T18:00:00+08:00</expires>
  <senderName>气象台 &amp; 应急局</senderName><headline>${event}预警 &lt;一&gt;</headline>
  <description>降雨量 &gt; 50 mm，请注意。</description><instruction>转移至高处</instruction>${areas}</info>`;

const message = (id: string, type: string, rest: string): Uint8Array =>
  new TextEncoder().encode(
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier>
  <sender>met@testville.example</sender><sent>2026-07-15T12:00:00+08:00</sent><status>Actual</status>
  <msgType>${type}</msgType><scope>Public</scope>${rest}</alert>`,
  );

beforeAll(async () => {
  from = await startTrial({ feeds: [feed] });
  const reader = (sink: Sink) => createWarningReader(sink);
  const { sink } = feed.context();
  const now = from.clock.now();
  reader(sink).read(message('w-1', 'Alert', info('暴雨', 'Severe', AREAS[0] ?? '')), now);
  from.clock.advance(2000);
  const update = `<references>met@testville.example,w-1,2026-07-15T12:00:00+08:00</references>`;
  const infos = info('暴雨', 'Extreme', AREAS.join('')) + info('雷电', 'Minor', AREAS[1] ?? '');
  reader(sink).read(message('w-2', 'Update', update + infos), now);
  const made: Sink = { ...sink, put: (layer, row) => sink.put(layer, { ...row, synthetic: true }) };
  const circle = '<area><areaDesc>水库</areaDesc><circle>41.2,84.2 3</circle></area>';
  reader(made).read(message('w-3', 'Alert', info('山洪', 'Moderate', circle + (AREAS[0] ?? ''))), now);
  from.clock.advance(2000);

  const settings = path.join(mkdtempSync(path.join(tmpdir(), 'cap-')), 'config.yaml');
  const url = `${from.server.url}/api/warnings.cap.atom`;
  writeFileSync(settings, `feeds:\n  warning-cap:\n    url: ${url}\n    periodS: 5\n`);
  const real = { definition: warningCap, context: () => feed.context() };
  to = await startTrial({ feeds: [real], args: ['--config', settings] });
});
afterAll(async () => {
  await to.server.stop();
  await from.server.stop();
});

const rowsOf = ({ server }: Trial): WarningRow[] =>
  [...server.world.table('warning').rows()] as unknown as WarningRow[];

/** In the same order on both sides, whatever their ids. */
const factsOf = (trial: Trial) =>
  rowsOf(trial)
    .map(({ validAt, regionCode, values }) => ({ validAt, regionCode, values }))
    .sort((a, b) =>
      `${a.values.issuedBy}${a.values.event}`.localeCompare(`${b.values.issuedBy}${b.values.event}`),
    );

test('another server that follows the index knows the same', async () => {
  const told = factsOf(from);
  expect(told.map(({ values }) => values.issuedBy)).toEqual(['w-2', 'w-2', 'w-3']);
  await until(() => {
    to.clock.advance(1000);
    return rowsOf(to).length === told.length;
  }, 'warnings at the other server');
  const heard = factsOf(to);
  // What is synthetic is an exercise outside; which outline of several is whose is not known.
  expect(told.map(({ values }) => values.status)).toEqual(['actual', 'actual', 'actual']);
  expect(heard.map(({ values }) => values.status)).toEqual(['actual', 'actual', 'exercise']);
  const alike = heard.map((row, at) => ({
    ...row,
    values: { ...row.values, status: told[at]?.values.status },
  }));
  expect(alike.slice(0, 2)).toEqual(told.slice(0, 2));
  const [last, first] = [alike[2]?.values, told[2]?.values];
  expect(last?.area).toEqual(first?.area);
  expect(last?.areaNames).toEqual(['水库、甲县']);
  expect(last?.references).toEqual([]);
  expect(alike[0]?.values.references).toEqual(['met@testville.example,w-1,2026-07-15T12:00:00+08:00']);
});

/** CAP 1.2, section 3.2: name, least, most. */
const ORDER: Readonly<Record<string, readonly (readonly [name: string, least: number, most: number])[]>> = {
  alert: [
    ['identifier', 1, 1],
    ['sender', 1, 1],
    ['sent', 1, 1],
    ['status', 1, 1],
    ['msgType', 1, 1],
    ['source', 0, 1],
    ['scope', 1, 1],
    ['restriction', 0, 1],
    ['addresses', 0, 1],
    ['code', 0, Infinity],
    ['note', 0, 1],
    ['references', 0, 1],
    ['incidents', 0, 1],
    ['info', 0, Infinity],
  ],
  info: [
    ['language', 0, 1],
    ['category', 1, Infinity],
    ['event', 1, 1],
    ['responseType', 0, Infinity],
    ['urgency', 1, 1],
    ['severity', 1, 1],
    ['certainty', 1, 1],
    ['audience', 0, 1],
    ['eventCode', 0, Infinity],
    ['effective', 0, 1],
    ['onset', 0, 1],
    ['expires', 0, 1],
    ['senderName', 0, 1],
    ['headline', 0, 1],
    ['description', 0, 1],
    ['instruction', 0, 1],
    ['web', 0, 1],
    ['contact', 0, 1],
    ['parameter', 0, Infinity],
    ['resource', 0, Infinity],
    ['area', 0, Infinity],
  ],
  area: [
    ['areaDesc', 1, 1],
    ['polygon', 0, Infinity],
    ['circle', 0, Infinity],
    ['geocode', 0, Infinity],
    ['altitude', 0, 1],
    ['ceiling', 0, 1],
  ],
  eventCode: [
    ['valueName', 1, 1],
    ['value', 1, 1],
  ],
  geocode: [
    ['valueName', 1, 1],
    ['value', 1, 1],
  ],
  parameter: [
    ['valueName', 1, 1],
    ['value', 1, 1],
  ],
};

function checkOrder(element: XmlElement): void {
  const order = ORDER[element.name];
  if (!order) {
    expect([element.name, element.children.length]).toEqual([element.name, 0]);
    return;
  }
  const places = element.children.map(({ name }) => order.findIndex(([known]) => known === name));
  expect([element.name, places]).toEqual([element.name, places.toSorted((a, b) => a - b)]);
  expect(places).not.toContain(-1);
  for (const [name, least, most] of order) {
    const { length } = childrenNamed(element, name);
    expect([name, length >= least && length <= most]).toEqual([name, true]);
  }
  element.children.forEach(checkOrder);
}

test('every document keeps the order, the counts and the words of CAP 1.2', async () => {
  const answer = await from.get('/api/warnings.cap.atom');
  expect(answer.headers.get('content-type')).toContain('application/atom+xml');
  const index = parseXml(new Uint8Array(await answer.arrayBuffer()));
  const entries = childrenNamed(index, 'entry');
  expect(entries).toHaveLength(2);
  const kinds: string[] = [];
  for (const entry of entries) {
    const href = entry.children.find(({ name }) => name === 'link')?.attributes.href ?? '';
    const document = await fetch(href);
    expect(document.headers.get('content-type')).toContain('application/cap+xml');
    expect(document.headers.get('x-data-class')).toBe('demo');
    const alert = parseXml(new Uint8Array(await document.arrayBuffer()));
    expect([alert.name, alert.namespace]).toEqual(['alert', 'urn:oasis:names:tc:emergency:cap:1.2']);
    checkOrder(alert);
    expect(textOf(alert, 'sent')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    kinds.push(`${textOf(alert, 'identifier')} ${textOf(alert, 'msgType')} ${textOf(alert, 'status')}`);
  }
  expect(kinds.sort()).toEqual(['w-2 Update Actual', 'w-3 Alert Exercise']);
});

test('a warning that is not in force is not found, and says so', async () => {
  const answer = await from.get('/api/warnings/nobody.cap');
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'request/not-found' }]);
});
