// Gas plumes: three outlines inside one another, dashed because they are modelled, hatched denser towards the source; the
// first zone of the guidebook around them; on each edge how far it reaches and how many people it holds.
import { plume } from '../../../../contracts/layers/plume.ts';
import type { LonLat } from '../../../../contracts/column.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { polygonsOf } from '../../geo/geometry.ts';
import { together, type MapKit } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';
import type { Mark, Run } from '../../marks/mark.ts';
import { barbOf, farthest } from './barb.ts';

type Table = LayerTable<typeof plume.columns>;

/** From the largest to the smallest: column of the outline, of its people and of its reach; pitch and line of the hatch, px. */
const zones = [
  { area: 'aegl1', people: 'people1', reach: 'aegl1M', word: 'AEGL-1', hatch: { pitchPx: 18, linePx: 1 } },
  { area: 'aegl2', people: 'people2', reach: 'aegl2M', word: 'AEGL-2', hatch: { pitchPx: 11, linePx: 1.2 } },
  { area: 'aegl3', people: 'people3', reach: 'aegl3M', word: 'AEGL-3', hatch: { pitchPx: 6, linePx: 1.4 } },
] as const;
const HATCH_ALPHA = 0.55;
/** What each edge says is legible below this camera height, metres; the whole zone is said from farther. */
const EDGES_BELOW_M = 9_000;
const ZONE_BELOW_M = 60_000;

export const mapLayer = defineMapLayer({
  layer: plume,
  create(kit) {
    const points = kit.glyphs();
    const areas = kit.areas();
    const line = { colour: '#c9b6f7', casingPx: 1, casingAlpha: 0.6 } as const;
    const outline = kit.lines({ ...line, alpha: 0.95, widthPx: 2, dash: [8, 5, 8, 5] });
    const firstZone = kit.lines({ ...line, alpha: 0.7, widthPx: 1.4, dash: [2, 5, 2, 5] });
    const barb = kit.lines({ ...line, colour: '#e9eeec', alpha: 0.95, widthPx: 2, dash: null });
    const marks = kit.marks();
    return {
      ...together([areas, firstZone, outline, barb, points, marks]),
      update(table: Table, rows) {
        points.update(table, rows);
        const slots: number[] = [];
        for (let slot = 0; slot < table.highWater; slot++) if (rows.shown(slot)) slots.push(slot);
        const { forecast, white } = kit.state.theme.tints;
        const drawn = slots.flatMap((slot) =>
          zones.flatMap(({ area, hatch }) =>
            polygonsOf(table.column(area).get(slot)).map((rings) => ({
              key: table.keyAt(slot),
              rings,
              hatch,
            })),
          ),
        );
        areas.set(drawn.map((one) => ({ ...one, colour: forecast, alpha: HATCH_ALPHA })));
        outline.set(
          drawn.flatMap(({ key, rings }) => rings.map((points) => ({ key, points, colour: forecast }))),
        );
        firstZone.set(
          slots.flatMap((slot) =>
            polygonsOf(table.column('firstZone').get(slot)).flatMap((rings) =>
              rings.map((points) => ({ key: table.keyAt(slot), points, colour: forecast })),
            ),
          ),
        );
        barb.set(
          slots.flatMap((slot) =>
            barbAt(table, slot).map((points) => ({ key: table.keyAt(slot), points, colour: white })),
          ),
        );
        marks.set(slots.flatMap((slot) => marksOf(table, slot, kit)));
      },
      pick: (at) => points.pick(at) ?? areas.pick(at, plume.slug),
    };
  },
});

function sourceOf(table: Table, slot: number): LonLat | null {
  const position = table.column('position');
  return position.isNull(slot) ? null : [position.lon(slot), position.lat(slot)];
}

function barbAt(table: Table, slot: number): LonLat[][] {
  const at = sourceOf(table, slot);
  const [windMs, fromDeg] = [table.column('windMs').value(slot), table.column('windFromDeg').value(slot)];
  return at && windMs !== null && fromDeg !== null ? barbOf(at, fromDeg, windMs) : [];
}

const words = {
  zh: { people: '人', zone: '防护区', estimate: '估算' },
  en: { people: 'people', zone: 'First zone', estimate: 'estimate' },
} as const;

/** One on each edge close up; from farther one that says the whole zone. */
function marksOf(table: Table, slot: number, kit: MapKit): Mark[] {
  const at = sourceOf(table, slot);
  if (!at) return [];
  const word = words[kit.locale()];
  const id = `${plume.slug}/edge/${table.keyAt(slot)}`;
  const common = { keys: [table.keyAt(slot)], clearPx: 8 } as const;
  const edge = (name: string, reachM: number | null, people: number | null): Run[] => [
    { kind: 'text', text: name, tint: 'forecast', strong: true },
    { kind: 'number', text: ` ${reachM ?? 0} m`, tint: 'white' },
    { kind: 'number', text: ` ${people ?? 0} `, tint: 'white' },
    { kind: 'text', text: `${word.people}（${word.estimate}）`, tint: 'grey', strong: false },
  ];
  const spot = (ring: readonly LonLat[] | undefined) => {
    const [lon, lat] = farthest(ring ?? [], at) ?? at;
    return { lon, lat };
  };
  const zone = polygonsOf(table.column('firstZone').get(slot))[0]?.[0];
  const [protectiveM, zonePeople] = (['protectiveM', 'peopleZone'] as const).map((name) =>
    table.column(name).value(slot),
  );
  const edges = zones.flatMap(({ area, people, reach, word: name }, rank): Mark[] => {
    const ring = polygonsOf(table.column(area).get(slot))[0]?.[0];
    if (!ring) return [];
    const lines = [edge(name, table.column(reach).value(slot), table.column(people).value(slot))];
    return [{ ...common, ...spot(ring), id: `${id}/${name}`, lines, rank: 2 + rank, belowM: EDGES_BELOW_M }];
  });
  if (!zone) return edges;
  const lines = [edge(word.zone, protectiveM ?? null, zonePeople ?? null)];
  return [...edges, { ...common, ...spot(zone), id: `${id}/zone`, lines, rank: 1, belowM: ZONE_BELOW_M }];
}
