// Road events: a glyph at the place, and the affected stretch where the source gives one. Closed: white dashes between ✕.
import { roadEvent } from '../../../../contracts/layers/road-event.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { together } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';
import type { Mark } from '../../marks/mark.ts';

/** ✕ at the ends of a closed stretch, from where two of them do not touch, metres. */
const ENDS_BELOW_M = 120_000;

export const mapLayer = defineMapLayer({
  layer: roadEvent,
  create(kit) {
    const points = kit.glyphs();
    const lines = kit.lines({
      colour: '#e9eeec',
      alpha: 0.9,
      widthPx: 2.4,
      casingPx: 1.2,
      casingAlpha: 0.8,
      dash: [4, 7, 4, 7],
    });
    const ends = kit.marks();
    return {
      ...together([lines, points, ends]),
      update(table: LayerTable<typeof roadEvent.columns>, rows) {
        points.update(table, rows);
        const { white, dim } = kit.state.theme.tints;
        const list = [];
        const marks: Mark[] = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (!rows.shown(slot)) continue;
          const key = table.keyAt(slot);
          const closed = table.column('kind').get(slot) === 'closure';
          for (const line of linesOf(table.column('line').get(slot))) {
            list.push({ key, points: line, colour: closed ? white : dim, scale: closed ? 1 : 0.6 });
            if (closed) for (const end of [line[0], line.at(-1)]) if (end) marks.push(endMark(key, end));
          }
        }
        lines.set(list);
        ends.set(marks);
      },
      pick: (at) => points.pick(at) ?? lines.pick(at, roadEvent.slug),
    };
  },
});

const endMark = (key: string, [lon, lat]: readonly [number, number]): Mark => ({
  id: `${roadEvent.slug}/${key}`,
  lon,
  lat,
  lines: [[{ kind: 'sign', form: 'closure', tint: 'white' }]],
  rank: 5,
  belowM: ENDS_BELOW_M,
  clearPx: 0,
  stand: 'on',
});
