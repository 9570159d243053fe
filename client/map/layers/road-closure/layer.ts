// Closed stretches: a bold broken line over the road, and the sign at its middle.
import { roadClosure } from '../../../../contracts/layers/road-closure.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { together } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';

export const mapLayer = defineMapLayer({
  layer: roadClosure,
  create(kit) {
    const points = kit.glyphs();
    const lines = kit.lines({
      colour: '#e9eeec',
      alpha: 0.95,
      widthPx: 3,
      casingPx: 1.4,
      casingAlpha: 0.85,
      dash: [3, 4, 3, 4],
    });
    return {
      ...together([lines, points]),
      update(table: LayerTable<typeof roadClosure.columns>, rows) {
        points.update(table, rows);
        const { white } = kit.state.theme.tints;
        const list = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (!rows.shown(slot)) continue;
          for (const line of linesOf(table.column('line').get(slot)))
            list.push({ key: table.keyAt(slot), points: line, colour: white, scale: 1 });
        }
        lines.set(list);
      },
      pick: (at) => points.pick(at) ?? lines.pick(at, roadClosure.slug),
    };
  },
});
