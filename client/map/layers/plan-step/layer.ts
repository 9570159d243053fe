// Steps of a plan in force: a sign where one waits or was done, and a line from the unit to the place; dashed until it is given.
import { planStep } from '../../../../contracts/layers/plan-step.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { together } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';

export const mapLayer = defineMapLayer({
  layer: planStep,
  create(kit) {
    const points = kit.glyphs();
    const way = { colour: '#869596', widthPx: 1.4, casingPx: 1, casingAlpha: 0.5 } as const;
    const given = kit.lines({ ...way, alpha: 0.7, dash: null });
    const waiting = kit.lines({ ...way, alpha: 0.6, dash: [3, 6, 3, 6] });
    return {
      ...together([given, waiting, points]),
      update(table: LayerTable<typeof planStep.columns>, rows) {
        points.update(table, rows);
        const { white, grey, dim } = kit.state.theme.tints;
        type Line = Parameters<typeof given.set>[0][number];
        const now: Line[] = [];
        const later: Line[] = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (!rows.shown(slot)) continue;
          const state = table.column('state').get(slot);
          const key = table.keyAt(slot);
          const colour = state === 'late' ? white : state === 'open' ? grey : dim;
          for (const points of linesOf(table.column('way').get(slot)))
            (state === 'waiting' ? later : now).push({ key, points, colour, scale: 1 });
        }
        given.set(now);
        waiting.set(later);
      },
      pick: (at) => points.pick(at) ?? given.pick(at, planStep.slug) ?? waiting.pick(at, planStep.slug),
    };
  },
});
