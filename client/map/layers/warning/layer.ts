// Warnings: outline and hatch of the area in the severity, its shape at the label point.
import { title } from '../../../../contracts/declare.ts';
import { warning } from '../../../../contracts/layers/warning.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { polygonsOf } from '../../geo/geometry.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

/** Pitch and line of the hatch by severity, px; LOOK "Warnings". */
const hatches = {
  red: { pitchPx: 13, linePx: 2.4 },
  orange: { pitchPx: 13, linePx: 1.8 },
  yellow: { pitchPx: 15, linePx: 1.4 },
  blue: { pitchPx: 17, linePx: 1.2 },
} as const;
const HATCH_ALPHA = 0.3;
/** An exercise or a test is no warning: it is not drawn as one. */
const DRAWN = new Set<string | null>(['actual', null]);

export const mapLayer = defineMapLayer({
  layer: warning,
  order: 5,
  shownAtStart: true,
  legend: [
    { title: title('红色预警', 'Red warning'), sign: { kind: 'hatch', colour: 'var(--sev-r)' } },
    { title: title('橙色预警', 'Orange warning'), sign: { kind: 'hatch', colour: 'var(--sev-o)' } },
    { title: title('黄色预警', 'Yellow warning'), sign: { kind: 'hatch', colour: 'var(--sev-y)' } },
    { title: title('蓝色预警', 'Blue warning'), sign: { kind: 'hatch', colour: 'var(--sev-b)' } },
  ],
  glyphs,
  create(kit) {
    const areas = kit.areas();
    const outline = kit.lines({
      colour: '#e9eeec',
      alpha: 0.95,
      widthPx: 2.2,
      casingPx: 0.8,
      casingAlpha: 0.5,
      dash: null,
    });
    const points = kit.glyphs(warning, {
      farPx: 15,
      nearPx: 22,
      dotsAboveM: Infinity,
      hiddenAboveM: Infinity,
    });
    return {
      show(visible) {
        areas.show(visible);
        outline.show(visible);
        points.show(visible);
      },
      update(table: LayerTable<typeof warning.columns>) {
        points.update(table);
        const shapes = table.column('area');
        const severities = table.column('severity');
        const filled = [];
        const lines = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (table.alive[slot] !== 1 || !DRAWN.has(table.column('status').get(slot))) continue;
          const severity = severities.get(slot);
          const key = table.keyAt(slot);
          const colour = kit.state.theme.tints[severity ?? 'white'];
          for (const rings of polygonsOf(shapes.get(slot))) {
            filled.push({ key, rings, colour, alpha: HATCH_ALPHA, hatch: hatches[severity ?? 'blue'] });
            for (const ring of rings) lines.push({ key, points: ring, colour });
          }
        }
        areas.set(filled);
        outline.set(lines);
      },
      pick: (at) => points.pick(at) ?? areas.pick(at, warning.slug),
      destroy() {
        areas.destroy();
        outline.destroy();
        points.destroy();
      },
    };
  },
});
