// Places that roads no longer join: the glyph, and for villages the land around them with the white hatch that leans the other
// way than that of warnings.
import { isolatedPlace } from '../../../../contracts/layers/isolated-place.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { together } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';

/** Villages have no borders here: their houses and fields lie within about this, metres (≈). */
const RADIUS_M = 650;
const CORNERS = 24;
const METRES_PER_DEGREE = 111_195;
const HATCH = { pitchPx: 9, linePx: 1.6, isCounter: true } as const;
const ALPHA = 0.55;

export const mapLayer = defineMapLayer({
  layer: isolatedPlace,
  create(kit) {
    const areas = kit.areas();
    const points = kit.glyphs();
    return {
      ...together([areas, points]),
      update(table: LayerTable<typeof isolatedPlace.columns>, rows) {
        points.update(table, rows);
        const { white } = kit.state.theme.tints;
        const position = table.column('position');
        const list = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          if (!rows.shown(slot) || table.column('kind').get(slot) !== 'village' || position.isNull(slot))
            continue;
          const rings = [ringAround(position.lon(slot), position.lat(slot))];
          list.push({ key: table.keyAt(slot), rings, colour: white, alpha: ALPHA, hatch: HATCH });
        }
        areas.set(list);
      },
      pick: (at) => points.pick(at) ?? areas.pick(at, isolatedPlace.slug),
    };
  },
});

function ringAround(lon: number, lat: number): [number, number][] {
  const dLat = RADIUS_M / METRES_PER_DEGREE;
  const dLon = dLat / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: CORNERS + 1 }, (_, i): [number, number] => {
    const turn = ((i % CORNERS) / CORNERS) * 2 * Math.PI;
    return [lon + dLon * Math.cos(turn), lat + dLat * Math.sin(turn)];
  });
}
