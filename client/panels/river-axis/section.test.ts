import { describe, expect, it } from 'vitest';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { LayerTable } from '../../../contracts/table.ts';
import { axisFixture, damsAt, gaugesAt } from './section.fixture.ts';
import { placeLabels, stationsOf, surfaceOf } from './section.ts';

const NOW = Date.UTC(2026, 6, 15);
const stations = stationsOf({
  axis: axisFixture,
  gauges: gaugesAt(
    [
      ['上站', 492],
      ['中站', 463.5],
    ],
    NOW,
  ),
  dams: damsAt([['甲水库', 472]], NOW),
  now: NOW,
  locale: 'zh',
});

describe('the long section', () => {
  it('stands every gauge and dam at its kilometre with level and what is left', () => {
    expect(
      stations.map(({ point, x, level, margin, over, severity }) => [
        point.name,
        x,
        level,
        margin,
        over,
        severity,
      ]),
    ).toEqual([
      ['上站', 0.1, '492.00', '29.00', true, 'orange'],
      ['甲水库', 0.5, '472.00', '1.00', false, null],
      ['中站', 0.5, '463.50', '0.50', true, 'yellow'],
      ['下站', 0.9, null, null, false, null],
    ]);
  });
  it('draws the surface from bank to bank with a step at the dam', () => {
    const surface = surfaceOf(stations);
    expect(surface[0]).toEqual([0, 0]);
    expect(surface.at(-1)).toEqual([1, 1]);
    const atDam = surface.filter(([x]) => x === 0.5).map(([, y]) => y);
    expect(Math.min(...atDam)).toBeLessThan(Math.max(...atDam));
  });
  it('draws no surface out of one level', () => {
    const gauges = new LayerTable(riverGauge);
    expect(
      surfaceOf(
        stationsOf({
          axis: axisFixture,
          gauges,
          dams: damsAt([['甲水库', 472]], NOW),
          now: NOW,
          locale: 'zh',
        }),
      ),
    ).toEqual([]);
  });
  it('forgets a level that is stale', () => {
    const old = stationsOf({
      axis: axisFixture,
      gauges: gaugesAt([['上站', 492]], NOW - 7_200_000),
      dams: null,
      now: NOW,
      locale: 'zh',
    });
    expect(old[0]).toMatchObject({ level: null, severity: null });
    expect(old[0]?.row).not.toBeNull();
  });
});

it('labels go up a row where the one below is taken, and away where all are', () => {
  const wide = { width: 10 };
  expect(
    placeLabels(
      [
        { x: 0, ...wide },
        { x: 4, ...wide },
        { x: 6, ...wide },
        { x: 10, ...wide },
      ],
      2,
    ),
  ).toEqual([0, 1, null, 0]);
});
