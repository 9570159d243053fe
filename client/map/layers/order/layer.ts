// Orders: a flag at the place, and the way from who gave it to the unit; dashed until it is acknowledged.
import { order } from '../../../../contracts/layers/order.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { together } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';

export const mapLayer = defineMapLayer({
  layer: order,
  create(kit) {
    const points = kit.glyphs();
    const way = { colour: '#e9eeec', widthPx: 1.6, casingPx: 1, casingAlpha: 0.6 } as const;
    const known = kit.lines({ ...way, alpha: 0.7, dash: null });
    const waiting = kit.lines({ ...way, alpha: 0.9, dash: [5, 5, 5, 5] });
    return {
      ...together([known, waiting, points]),
      update(table: LayerTable<typeof order.columns>, rows) {
        points.update(table, rows);
        const { white, dim } = kit.state.theme.tints;
        type Line = Parameters<typeof known.set>[0][number];
        const open: Line[] = [];
        const taken: Line[] = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (!rows.shown(slot)) continue;
          const state = table.column('state').get(slot);
          const isWaiting = state === 'issued' || state === 'delivered';
          const key = table.keyAt(slot);
          for (const points of linesOf(table.column('way').get(slot)))
            (isWaiting ? open : taken).push({ key, points, colour: isWaiting ? white : dim, scale: 1 });
        }
        waiting.set(open);
        known.set(taken);
      },
      pick: (at) => points.pick(at) ?? waiting.pick(at, order.slug) ?? known.pick(at, order.slug),
    };
  },
});
