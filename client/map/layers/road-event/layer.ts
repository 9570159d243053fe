// Road events: a glyph at the place, and the affected stretch where the source gives one. Closed: white dashes.
import { title } from '../../../../contracts/declare.ts';
import { roadEvent } from '../../../../contracts/layers/road-event.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: roadEvent,
  order: 60,
  shownAtStart: true,
  legend: [
    { title: title('阻断', 'Road closed'), sign: { kind: 'glyph', form: 'closure', tint: 'white' } },
    { title: title('施工', 'Works'), sign: { kind: 'glyph', form: 'works', tint: 'white' } },
  ],
  glyphs,
  create(kit) {
    const points = kit.glyphs(roadEvent, {
      farPx: 12,
      nearPx: 20,
      dotsAboveM: Infinity,
      hiddenAboveM: Infinity,
    });
    const { ink } = kit.state.theme;
    const lines = kit.lines({
      colour: '#e9eeec',
      alpha: 0.9,
      widthPx: 2.2,
      casingPx: 1,
      casingAlpha: 0.7,
      dash: [4, 7, 4, 7],
    });
    return {
      show(visible) {
        points.show(visible);
        lines.show(visible);
      },
      update(table: LayerTable<typeof roadEvent.columns>) {
        points.update(table);
        const stretches = table.column('line');
        const kinds = table.column('kind');
        const list = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (table.alive[slot] !== 1 || kinds.get(slot) === 'works') continue;
          for (const line of linesOf(stretches.get(slot)))
            list.push({ key: table.keyAt(slot), points: line, colour: ink });
        }
        lines.set(list);
      },
      pick: (at) => points.pick(at) ?? lines.pick(at, roadEvent.slug),
      destroy() {
        points.destroy();
        lines.destroy();
      },
    };
  },
});
