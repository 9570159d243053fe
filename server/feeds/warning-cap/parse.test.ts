import { describe, expect, it } from 'vitest';
import { warning } from '../../../contracts/layers/warning.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { createWarningReader } from './parse.ts';

const NOW = Date.UTC(2026, 6, 16, 7);
const AREA =
  '<area><areaDesc>青川县</areaDesc><geocode><valueName>GB/T 2260</valueName><value>510822</value></geocode></area>';

interface Parts {
  id?: string;
  type?: string;
  status?: string;
  references?: string;
  info?: string;
}

function alert({
  id = 'a1',
  type = 'Alert',
  status = 'Actual',
  references = '',
  info = infoOf(),
}: Parts = {}): Uint8Array {
  return new TextEncoder().encode(
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>s</sender>` +
      `<sent>2026-07-16T14:05:00+08:00</sent><status>${status}</status><msgType>${type}</msgType><scope>Public</scope>` +
      `<references>${references}</references>${info}</alert>`,
  );
}

function infoOf(extra = AREA, severity = 'Severe', language = 'zh-CN'): string {
  return (
    `<info><language>${language}</language><category>Met</category><event>暴雨</event><urgency>Expected</urgency>` +
    `<severity>${severity}</severity><certainty>Likely</certainty><expires>2026-07-16T16:00:00+08:00</expires>${extra}</info>`
  );
}

function reader() {
  const sink = createCollectingSink();
  return { sink, cap: createWarningReader(sink) };
}

describe('createWarningReader', () => {
  it('a geocode without polygon is a region, not a shape', () => {
    const { sink, cap } = reader();
    cap.read(alert(), NOW);
    const [row] = sink.rowsOf(warning);
    expect(row).toMatchObject({ id: 'a1', regionCode: '510822' });
    expect(row?.values).toMatchObject({
      area: null,
      position: null,
      geocodes: ['510822'],
      severity: 'orange',
    });
  });

  it('reads polygons latitude first and closes them', () => {
    const { sink, cap } = reader();
    const area = '<area><areaDesc>x</areaDesc><polygon>32,105 32,106 33,106 33,105</polygon></area>';
    cap.read(alert({ info: infoOf(area) }), NOW);
    expect(sink.rowsOf(warning)[0]?.values.area).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [105, 32],
          [106, 32],
          [106, 33],
          [105, 33],
          [105, 32],
        ],
      ],
    });
    expect(sink.rowsOf(warning)[0]?.values.position).toEqual([105.5, 32.5]);
  });

  it('several areas are one row with one multi-polygon', () => {
    const { sink, cap } = reader();
    const ring = (lat: number) => `<polygon>${lat},105 ${lat},106 ${lat + 1},106 ${lat},105</polygon>`;
    cap.read(
      alert({
        info: infoOf(
          `<area><areaDesc>a</areaDesc>${ring(31)}</area><area><areaDesc>b</areaDesc>${ring(32)}</area>`,
        ),
      }),
      NOW,
    );
    const values = sink.rowsOf(warning)[0]?.values;
    expect(values?.area?.type).toBe('MultiPolygon');
    expect(values?.areaNames).toEqual(['a', 'b']);
  });

  it('a circle keeps its radius', () => {
    const { sink, cap } = reader();
    cap.read(
      alert({ info: infoOf('<area><areaDesc>c</areaDesc><circle>32,105 11.132</circle></area>') }),
      NOW,
    );
    const area = sink.rowsOf(warning)[0]?.values.area;
    const ring = area?.type === 'Polygon' ? (area.coordinates[0] ?? []) : [];
    expect(Math.max(...ring.map(([, lat]) => lat))).toBeCloseTo(32.1, 6);
  });

  it('an update ends what it refers to and takes its place', () => {
    const { sink, cap } = reader();
    cap.read(alert(), NOW);
    cap.read(
      alert({
        id: 'a2',
        type: 'Update',
        references: 's,a1,2026-07-16T14:05:00+08:00',
        info: infoOf(AREA, 'Extreme'),
      }),
      NOW,
    );
    expect(sink.removed).toMatchObject([{ id: 'a1', reason: 'superseded' }]);
    expect(sink.rowsOf(warning).at(-1)?.values.severity).toBe('red');
  });

  it('a cancellation ends all it refers to and adds nothing', () => {
    const { sink, cap } = reader();
    cap.read(alert({ id: 'c', type: 'Cancel', references: 's,a1,t s,a2,t' }), NOW);
    expect(sink.removed.map((row) => [row.id, row.reason])).toEqual([
      ['a1', 'cancelled'],
      ['a2', 'cancelled'],
    ]);
    expect(sink.rows).toEqual([]);
  });

  it('expiry ends a row once', () => {
    const { sink, cap } = reader();
    cap.read(alert(), NOW);
    cap.expire(Date.UTC(2026, 6, 16, 7, 59));
    expect(sink.removed).toEqual([]);
    cap.expire(Date.UTC(2026, 6, 16, 8));
    cap.expire(Date.UTC(2026, 6, 16, 9));
    expect(sink.removed).toMatchObject([{ id: 'a1', reason: 'expired' }]);
  });

  it('what had expired before it was read is not shown', () => {
    const { sink, cap } = reader();
    cap.read(alert(), Date.UTC(2026, 6, 16, 9));
    expect(sink.rows).toEqual([]);
    expect(sink.ignored.get('expired before it was read')).toBe(1);
  });

  it.each([
    ['Exercise', 'exercise'],
    ['Test', 'test'],
    ['System', 'system'],
  ])('status %s is kept apart', (status, value) => {
    const { sink, cap } = reader();
    cap.read(alert({ status }), NOW);
    expect(sink.rowsOf(warning)[0]?.values.status).toBe(value);
  });

  it('prefers Chinese where the news comes in two languages', () => {
    const { sink, cap } = reader();
    cap.read(alert({ info: infoOf(AREA, 'Minor', 'en-US') + infoOf(AREA, 'Minor', 'zh-CN') }), NOW);
    expect(sink.rows).toHaveLength(1);
    expect(sink.ignored.get('info in en-us')).toBe(1);
  });

  it.each([
    ['no XML', '<alert', 'record/parse'],
    ['another document', '<feed/>', 'record/shape'],
    ['unknown severity', new TextDecoder().decode(alert({ info: infoOf(AREA, 'Huge') })), 'record/enum'],
    ['entity bomb', '<!DOCTYPE a [<!ENTITY b "c">]><alert/>', 'record/parse'],
  ])('%s is rejected', (_, text, code) => {
    const { sink, cap } = reader();
    cap.read(new TextEncoder().encode(text), NOW);
    expect(sink.rejects[0]?.code).toBe(code);
    expect(sink.rows).toEqual([]);
  });
});
