// Radar rain and its forecast blocks: one texture on the ground. The block of the least lead time at a place is shown.
import { title } from '../../../../contracts/declare.ts';
import type { Cells } from '../../../../contracts/column.ts';
import { rainGrid } from '../../../../contracts/layers/rain-grid.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { defineMapLayer } from '../../layer.ts';

/** Rain rate in mm/h from which a colour holds; the sequential ramp, dark to light. */
const steps = [
  { from: 0.2, colour: [49, 90, 87], alpha: 0.35 },
  { from: 1, colour: [70, 118, 113], alpha: 0.5 },
  { from: 4, colour: [99, 148, 141], alpha: 0.58 },
  { from: 10, colour: [143, 189, 182], alpha: 0.64 },
  { from: 25, colour: [207, 230, 224], alpha: 0.7 },
] as const;

interface Block {
  readonly west: number;
  readonly north: number;
  readonly stepLon: number;
  readonly stepLat: number;
  readonly leadS: number;
  readonly cells: Cells;
}

export const mapLayer = defineMapLayer({
  layer: rainGrid,
  order: 0,
  shownAtStart: true,
  legend: [
    {
      title: title('雨强 mm/h', 'Rain rate mm/h'),
      sign: {
        kind: 'ramp',
        colours: ['#315a57', '#467671', '#63948d', '#8fbdb6', '#cfe6e0'],
        low: '0.2',
        high: '25',
      },
    },
  ],
  create(kit) {
    const grid = kit.grid();
    return {
      show: (visible) => grid.show(visible),
      update(table: LayerTable<typeof rainGrid.columns>) {
        const blocks = nowOf(blocksOf(table));
        grid.set(
          blocks.length === 0
            ? null
            : {
                bounds: boundsOf(blocks),
                colourAt: (place, out, at) => out.set(colourOf(rainAt(blocks, place)), at),
              },
        );
      },
      pick: () => null,
      destroy: () => grid.destroy(),
    };
  },
});

function blocksOf(table: LayerTable<typeof rainGrid.columns>): Block[] {
  const blocks: Block[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    const cells = table.alive[slot] === 1 ? table.column('rainMmH').get(slot) : null;
    if (!cells) continue;
    const origin = table.column('origin');
    blocks.push({
      west: origin.lon(slot),
      north: origin.lat(slot),
      stepLon: table.column('stepLonDeg').get(slot),
      stepLat: table.column('stepLatDeg').get(slot),
      leadS: table.column('leadS').get(slot) || 0,
      cells,
    });
  }
  return blocks;
}

/** Only the blocks of the least lead time: what falls now. */
function nowOf(blocks: readonly Block[]): Block[] {
  const least = Math.min(...blocks.map(({ leadS }) => leadS));
  return blocks.filter(({ leadS }) => leadS === least);
}

function boundsOf(blocks: readonly Block[]): readonly [number, number, number, number] {
  return [
    Math.min(...blocks.map(({ west }) => west)),
    Math.min(...blocks.map((block) => block.north - block.stepLat * block.cells.ny)),
    Math.max(...blocks.map((block) => block.west + block.stepLon * block.cells.nx)),
    Math.max(...blocks.map(({ north }) => north)),
  ];
}

const NOTHING = [0, 0, 0, 0] as const;

/** Red, green, blue, alpha of a rain rate; nothing below the first step and where nothing is known. */
function colourOf(rain: number): readonly number[] {
  let step: (typeof steps)[number] | null = null;
  for (const candidate of steps) if (rain >= candidate.from) step = candidate;
  return step ? [...step.colour, Math.round(step.alpha * 255)] : NOTHING;
}

function rainAt(blocks: readonly Block[], [lon, lat]: readonly [number, number]): number {
  for (const block of blocks) {
    const x = Math.floor((lon - block.west) / block.stepLon);
    const y = Math.floor((block.north - lat) / block.stepLat);
    if (x < 0 || y < 0 || x >= block.cells.nx || y >= block.cells.ny) continue;
    return block.cells.values[y * block.cells.nx + x] ?? NaN;
  }
  return NaN;
}
