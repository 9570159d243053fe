// Road speeds: drawn from 轻度 on, to the right of each direction, white to severity; free flow stays as the road itself.
import { roadSpeed } from '../../../../contracts/layers/road-speed.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import type { Kind } from '../../../looks/look.ts';
import { look } from '../../../looks/layers/road-speed.ts';
import type { RowView } from '../../../looks/row-view.ts';
import { isSeverity, severityForms } from '../../../looks/sign.ts';
import type { Rgb } from '../../engine/theme.ts';
import { linesOf } from '../../geo/geometry.ts';
import { together, type MapKit } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';
import type { Mark } from '../../marks/mark.ts';
import { runsOf } from '../../marks/value-marks.ts';

const widths: Readonly<Record<string, number>> = { yellow: 0.85, orange: 1, red: 1.25 };
/** Speed over free flow at which 轻度 begins and ends. */
const LIGHT = { from: 0.5, to: 0.4 };

type Table = LayerTable<typeof roadSpeed.columns>;

export const mapLayer = defineMapLayer({
  layer: roadSpeed,
  create(kit) {
    const lines = kit.lines({
      colour: '#e9eeec',
      alpha: 1,
      widthPx: 3.2,
      casingPx: 1,
      casingAlpha: 0.6,
      dash: null,
      asidePx: 3,
      arrowsBelowM: 14_000,
    });
    const marks = kit.marks();
    return {
      ...together([lines, marks]),
      update(table: Table, rows) {
        const list = [];
        for (let slot = 0; slot < table.highWater; slot++) {
          const kind = rows.shown(slot) ? rows.kindOf(slot) : null;
          if (!kind || kind.tint === 'dim') continue;
          const line = {
            key: table.keyAt(slot),
            colour: colourOf(kind, ratioAt(table, slot), kit),
            scale: widths[kind.tint] ?? 0.7,
          };
          for (const points of linesOf(table.column('line').get(slot))) list.push({ ...line, points });
        }
        lines.set(list);
        marks.set(slowMarks(table, rows, kit));
      },
      pick: (at) => lines.pick(at, roadSpeed.slug),
    };
  },
});

const ratioAt = (table: Table, slot: number): number =>
  table.column('speedKmh').get(slot) / table.column('freeFlowKmh').get(slot);

/** 轻度 grows from white into its colour; heavier ones are wholly in theirs. */
function colourOf({ tint }: Kind, ratio: number, kit: MapKit): Rgb {
  const { tints } = kit.state.theme;
  if (tint !== 'yellow' || Number.isNaN(ratio)) return tints[tint];
  const part = Math.min(Math.max((LIGHT.from - ratio) / (LIGHT.from - LIGHT.to), 0), 1) * 0.7 + 0.3;
  const mix = (index: 0 | 1 | 2): number =>
    tints.white[index] + (tints.yellow[index] - tints.white[index]) * part;
  return [mix(0), mix(1), mix(2)];
}

/** Shape, word and speed once a road, at its slowest stretch. */
function slowMarks(table: Table, rows: RowView, kit: MapKit): Mark[] {
  const slowest = new Map<string, { slot: number; ratio: number }>();
  for (let slot = 0; slot < table.highWater; slot++) {
    if (!rows.shown(slot)) continue;
    const kind = rows.kindOf(slot);
    if (!kind || !isSeverity(kind.tint) || kind.tint === 'yellow') continue;
    const road = table.column('road').get(slot) ?? table.keyAt(slot);
    const ratio = ratioAt(table, slot);
    if (ratio < (slowest.get(road)?.ratio ?? Infinity)) slowest.set(road, { slot, ratio });
  }
  const [label] = look.values ?? [];
  return [...slowest.values()].flatMap(({ slot }): Mark[] => {
    const kind = rows.kindOf(slot);
    const line = linesOf(table.column('line').get(slot))[0];
    const middle = line?.[Math.floor(line.length / 2)];
    const runs = label && kind ? runsOf(label, { table, slot, kind, locale: kit.locale() }) : null;
    if (!label || !kind || !middle || !runs || !isSeverity(kind.tint)) return [];
    const sign = { kind: 'sign', form: severityForms[kind.tint], tint: kind.tint } as const;
    return [
      {
        id: `${roadSpeed.slug}/${table.keyAt(slot)}`,
        lon: middle[0],
        lat: middle[1],
        lines: [[sign, ...runs]],
        rank: label.rank,
        belowM: label.belowM,
        clearPx: 6,
      },
    ];
  });
}
