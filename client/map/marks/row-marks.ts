// The texts beside rows at a height: values of stations, and the counts of counties. Both maps place them their own way.
import { formatNumber } from '../../i18n/numbers.ts';
import { representationAt } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import { rowsOf } from '../../stores/choices.ts';
import { mirrors } from '../../stores/layers.ts';
import { session } from '../../stores/session.ts';
import { sumOf } from '../../stores/sums.ts';
import { visible } from '../../stores/view.ts';
import type { Mark, Run } from './mark.ts';
import { valueMarks } from './value-marks.ts';

/** Px at 1080 lines under the name of a county. */
const UNDER_NAME_PX = 15;

export interface CountyPlace {
  readonly code: string;
  readonly at: readonly [lon: number, lat: number];
}

export interface MarkView {
  readonly heightM: number;
  /** Diameter of the glyphs of a layer, px at 1080 lines. */
  glyphPx(slug: string): number;
  inView(lon: number, lat: number): boolean;
}

/** Values beside the rows of one layer; none while it is not on show. */
export function valuesOf(slug: string, { heightM, glyphPx, inView }: MarkView): Mark[] {
  const look = looks.get(slug);
  const table = mirrors.get(slug)?.table;
  if (!look?.values || !table || visible.get(slug) !== true) return [];
  const rows = rowsOf(slug, table);
  return valueMarks(look, table, {
    rows,
    heightM,
    locale: session.locale,
    glyphPx: glyphPx(slug),
    inView,
  });
}

/** One line under the name of each county: the counts of the layers that are only counted at this height. */
export function countyMarks(counties: readonly CountyPlace[], heightM: number): Mark[] {
  const counted = [...looks.values()].filter(
    (look) => visible.get(look.layer.slug) && representationAt(look, heightM) === 'counts',
  );
  if (counted.length === 0) return [];
  return counties.flatMap(({ code, at: [lon, lat] }): Mark[] => {
    const runs = counted.flatMap(({ layer, form }): Run[] => {
      const sum = sumOf(layer.slug);
      const count = sum?.as === 'counts' ? (sum.regions.find(([region]) => region === code)?.[1] ?? 0) : 0;
      if (count === 0) return [];
      const text = formatNumber(count, 1, session.locale);
      return [
        { kind: 'sign', form, tint: 'dim' },
        { kind: 'number', text, tint: 'grey' },
      ];
    });
    if (runs.length === 0) return [];
    const id = `counts/${code}`;
    return [
      { id, lon, lat, lines: [runs], rank: 20, belowM: Infinity, clearPx: UNDER_NAME_PX, stand: 'under' },
    ];
  });
}
