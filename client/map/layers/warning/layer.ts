// Warnings: outline and hatch of the area in the severity; in each county of it shape, word, issue and expiry.
import { warning } from '../../../../contracts/layers/warning.ts';
import type { LonLat } from '../../../../contracts/column.ts';
import type { LayerTable } from '../../../../contracts/table.ts';
import { warningKind, warningKindWithin } from '../../../i18n/warning-kinds.ts';
import type { RowView } from '../../../looks/row-view.ts';
import { isSeverity, severities, severityForms, type Severity } from '../../../looks/sign.ts';
import { middleOf, polygonsOf } from '../../geo/geometry.ts';
import { together, type MapKit } from '../../kit.ts';
import { defineMapLayer } from '../../layer.ts';
import type { Mark, Run } from '../../marks/mark.ts';
import { firstOfEach } from './first-of-each.ts';
import { inkOf, thinHatches } from './hatch.ts';

/** Pitch and line of the hatch by severity, px; LOOK "Warnings". */
const hatches = {
  red: { pitchPx: 13, linePx: 2.4 },
  orange: { pitchPx: 13, linePx: 1.8 },
  yellow: { pitchPx: 15, linePx: 1.4 },
  blue: { pitchPx: 17, linePx: 1.2 },
} as const;
const HATCH_ALPHA = 0.32;
/** Issue and expiry are written below this camera height, metres. */
const TIMES_BELOW_M = 200_000;
/** An exercise or a test is no warning: it is not drawn as one. */
const DRAWN = new Set<string | null>(['actual', null]);

type Table = LayerTable<typeof warning.columns>;

export const mapLayer = defineMapLayer({
  layer: warning,
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
    const marks = kit.marks();
    return {
      ...together([areas, outline, marks]),
      update(table: Table, rows) {
        const slots = worstFirst(table, rows);
        const shapes = slots.flatMap((slot) =>
          polygonsOf(table.column('area').get(slot)).map((rings) => {
            const severity = table.column('severity').get(slot);
            return { key: table.keyAt(slot), rings, severity, ink: inkOf(hatches[severity ?? 'blue']) };
          }),
        );
        const hatched = thinHatches(shapes);
        const coloured = shapes.map((shape, index) => ({
          ...shape,
          colour: kit.state.theme.tints[shape.severity ?? 'white'],
          alpha: hatched[index] ? HATCH_ALPHA : 0,
          hatch: hatches[shape.severity ?? 'blue'],
        }));
        areas.set(coloured);
        // The worst is drawn last: its line lies on shared borders.
        outline.set(
          [...coloured]
            .reverse()
            .flatMap(({ key, rings, colour }) => rings.map((points) => ({ key, points, colour }))),
        );
        marks.set(callOuts(table, slots, kit));
      },
      pick: (at) => areas.pick(at, warning.slug),
    };
  },
});

const rankOf = (severity: Severity | null): number =>
  severity === null ? severities.length : severities.indexOf(severity);

function worstFirst(table: Table, rows: RowView): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (rows.shown(slot) && DRAWN.has(table.column('status').get(slot))) slots.push(slot);
  }
  const severity = table.column('severity');
  return slots.sort((a, b) => rankOf(severity.get(a)) - rankOf(severity.get(b)));
}

/** A warning at one of the pieces of land it is in force for: most often a county. */
interface Spot {
  readonly slot: number;
  readonly at: LonLat;
  /** The largest piece of a warning: it is written whatever else stands there. */
  readonly isMain: boolean;
}

/** One call-out for each piece of land with warnings: a line for each of them, the worst on top. */
function callOuts(table: Table, slots: readonly number[], kit: MapKit): Mark[] {
  const byPlace = new Map<string, Spot[]>();
  for (const spot of slots.flatMap((slot) => spotsOf(table, slot))) {
    const place = spot.at.map((degrees) => degrees.toFixed(3)).join(',');
    byPlace.set(place, [...(byPlace.get(place) ?? []), spot]);
  }
  return [...byPlace].flatMap(([place, spots]): Mark[] => {
    const [first] = spots;
    if (!first) return [];
    const here = spots.map(({ slot }) => slot);
    const [lon, lat] = first.at;
    const common = {
      id: `${warning.slug}/${place}`,
      ...{ lon, lat },
      keys: here.map((slot) => table.keyAt(slot)),
      rank: rankOf(table.column('severity').get(first.slot)),
      clearPx: 10,
      stand: 'on',
      ...(spots.some(({ isMain }) => isMain) && { must: true as const }),
    } as const;
    const linesOf = (some: readonly number[], times: boolean): Run[][] =>
      some.map((slot) => lineOf(table, slot, { kit, times }));
    // From far one event is one line, in its worst colour; near, each warning has its own times.
    const worst = firstOfEach(here, (slot) => table.column('event').get(slot));
    return [
      { ...common, lines: linesOf(worst, false), belowM: Infinity, aboveM: TIMES_BELOW_M },
      { ...common, lines: linesOf(here, true), belowM: TIMES_BELOW_M },
    ];
  });
}

function spotsOf(table: Table, slot: number): Spot[] {
  const pieces = polygonsOf(table.column('area').get(slot)).flatMap((rings) => rings.slice(0, 1));
  const sizes = pieces.map(sizeOf);
  const largest = sizes.indexOf(Math.max(...sizes));
  if (pieces.length > 0)
    return pieces.map((ring, index) => ({ slot, at: middleOf(ring), isMain: index === largest }));
  const position = table.column('position');
  if (position.isNull(slot)) return [];
  return [{ slot, at: [position.lon(slot), position.lat(slot)], isMain: true }];
}

/** Of the box around a ring, square degrees. */
function sizeOf(ring: readonly LonLat[]): number {
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return (Math.max(...lons) - Math.min(...lons)) * (Math.max(...lats) - Math.min(...lats));
}

const words = {
  zh: { red: '红', orange: '橙', yellow: '黄', blue: '蓝', from: '发布', to: '至', open: '至解除' },
  en: {
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    blue: 'Blue',
    from: 'issued',
    to: 'to',
    open: 'until cancelled',
  },
} as const;

function lineOf(table: Table, slot: number, { kit, times }: { kit: MapKit; times: boolean }): Run[] {
  const word = words[kit.locale()];
  const severity = table.column('severity').get(slot);
  const event = table.column('event').get(slot) ?? '';
  const graded = warningKindWithin(event, kit.locale());
  const runs: Run[] = [];
  const say = (text: string, strong: boolean): void => {
    runs.push({ kind: 'text', text, tint: strong ? 'white' : 'grey', strong });
  };
  if (severity && isSeverity(severity)) {
    runs.push({ kind: 'sign', form: severityForms[severity], tint: severity });
    say(`${word[severity]} ${graded}`.trim(), true);
  } else {
    runs.push({ kind: 'sign', form: 'hazard', tint: 'white' });
    say(warningKind(event, kit.locale()), true);
  }
  if (!times) return runs;
  const issued = table.column('sentAt').get(slot);
  const expires = table.column('expiresAt').get(slot);
  if (!Number.isNaN(issued)) {
    runs.push({ kind: 'number', text: kit.moment(issued), tint: 'grey' });
    say(word.from, false);
  }
  if (Number.isNaN(expires)) say(word.open, false);
  else {
    say(word.to, false);
    runs.push({ kind: 'number', text: kit.moment(expires), tint: 'grey' });
  }
  return runs;
}
