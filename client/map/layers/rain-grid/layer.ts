// Radar rain and its forecast blocks: one texture on the ground. Only the blocks of the least lead time are shown.
import type { Cells } from '../../../../contracts/column.ts';
import { rainGrid } from '../../../../contracts/layers/rain-grid.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { look } from '../../../looks/layers/rain-grid.ts';
import type { GridCells } from '../../grids/grid-primitive.ts';
import { stopsOf } from '../../grids/stops.ts';
import { alongSteps } from '../../groups/density.ts';
import { defineMapLayer } from '../../layer.ts';

interface Block {
  readonly west: number;
  readonly north: number;
  readonly stepLon: number;
  readonly stepLat: number;
  readonly leadS: number;
  readonly cells: Cells;
}

const steps = look.steps?.from ?? [];

export const mapLayer = defineMapLayer({
  layer: rainGrid,
  create(kit) {
    const grid = kit.grid(stopsOf(steps));
    return {
      ...grid,
      update(table: LayerTable<typeof rainGrid.columns>) {
        grid.set(mosaicOf(nowOf(blocksOf(table))));
      },
      pick: () => null,
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

/** All blocks as one grid of bytes, north row first; null without a block. */
function mosaicOf(blocks: readonly Block[]): GridCells | null {
  const [first] = blocks;
  if (!first) return null;
  const { stepLon, stepLat } = first;
  const west = Math.min(...blocks.map((block) => block.west));
  const north = Math.max(...blocks.map((block) => block.north));
  const east = Math.max(...blocks.map((block) => block.west + stepLon * block.cells.nx));
  const south = Math.min(...blocks.map((block) => block.north - stepLat * block.cells.ny));
  const nx = Math.round((east - west) / stepLon);
  const ny = Math.round((north - south) / stepLat);
  const bytes = new Uint8Array(nx * ny);
  for (const block of blocks) {
    const left = Math.round((block.west - west) / stepLon);
    const top = Math.round((north - block.north) / stepLat);
    block.cells.values.forEach((rain, cell) => {
      const x = left + (cell % block.cells.nx);
      const y = top + Math.floor(cell / block.cells.nx);
      bytes[y * nx + x] = Math.round(alongSteps(rain, steps) * 255);
    });
  }
  return {
    nx,
    ny,
    bytes,
    boxId: `${west},${north},${east},${south}`,
    placeOf: (u, v) => [west + u * (east - west), north - v * (north - south)],
  };
}
