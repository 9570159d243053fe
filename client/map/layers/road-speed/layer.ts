// Road speeds: drawn from 轻度 on, in the severity of the congestion; free flow stays as the road itself.
import { title } from '../../../../contracts/declare.ts';
import { roadSpeed } from '../../../../contracts/layers/road-speed.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { linesOf } from '../../geo/geometry.ts';
import { defineMapLayer } from '../../layer.ts';

const colours = { light: 'yellow', moderate: 'orange', severe: 'red' } as const;
const widths = { light: 0.8, moderate: 1, severe: 1.25 } as const;

const isCongested = (level: string | null): level is keyof typeof colours =>
  level !== null && level in colours;

export const mapLayer = defineMapLayer({
  layer: roadSpeed,
  order: 10,
  shownAtStart: true,
  legend: [
    {
      title: title('轻度拥堵（黄）', 'Light congestion (yellow)'),
      sign: { kind: 'line', colour: 'var(--sev-y)', dashed: false },
    },
    {
      title: title('中度拥堵（橙）', 'Moderate (orange)'),
      sign: { kind: 'line', colour: 'var(--sev-o)', dashed: false },
    },
    {
      title: title('严重拥堵（红）', 'Severe (red)'),
      sign: { kind: 'line', colour: 'var(--sev-r)', dashed: false },
    },
  ],
  create(kit) {
    const lines = kit.lines({
      colour: '#e9eeec',
      alpha: 1,
      widthPx: 3,
      casingPx: 1,
      casingAlpha: 0.6,
      dash: null,
    });
    return {
      show: (visible) => lines.show(visible),
      update(table: LayerTable<typeof roadSpeed.columns>) {
        const levels = table.column('level');
        const shapes = table.column('line');
        const list = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          const level = levels.get(slot);
          if (table.alive[slot] !== 1 || !isCongested(level)) continue;
          const look = {
            key: table.keyAt(slot),
            colour: kit.state.theme.tints[colours[level]],
            scale: widths[level],
          };
          for (const points of linesOf(shapes.get(slot))) list.push({ ...look, points });
        }
        lines.set(list);
      },
      pick: (at) => lines.pick(at, roadSpeed.slug),
      destroy: () => lines.destroy(),
    };
  },
});
