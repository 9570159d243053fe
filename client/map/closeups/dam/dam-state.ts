// What the close-up shows of a dam now: marks against which the level is read, and each gate. Pure.
import type { Title } from '../../../../contracts/column.ts';
import { title } from '../../../../contracts/declare.ts';
import type { Dam } from '../../../stores/dams.ts';

export interface Mark {
  readonly id: 'crest' | 'normal' | 'flood' | 'dead';
  readonly title: Title;
  readonly levelM: number;
}

export interface Gate {
  readonly no: string;
  /** Metres it is raised; null: the source does not say. */
  readonly openM: number | null;
}

const TITLES = {
  crest: title('坝顶', 'Crest'),
  normal: title('正常蓄水位', 'Normal level'),
  flood: title('汛限水位', 'Flood limit'),
  dead: title('死水位', 'Dead level'),
};

/** From the top down. `live`: limits of the row, which go before those of the city's table. */
export function marksOf(
  dam: Dam,
  live: { readonly normalM: number | null; readonly floodLimitM: number | null },
): Mark[] {
  const found: [Mark['id'], number | null][] = [
    ['crest', dam.crestLevelM],
    ['normal', live.normalM ?? dam.normalM],
    ['flood', live.floodLimitM ?? dam.floodLimitM],
    ['dead', dam.deadM],
  ];
  return found
    .flatMap(([id, levelM]) => (levelM === null ? [] : [{ id, title: TITLES[id], levelM }]))
    .sort((a, b) => b.levelM - a.levelM);
}

// Where the crest's level is not known it stands so much above the highest level that is, m (示意).
const FREEBOARD_M = 4;

/** Level of the crest, m; undefined where no level of the dam is known at all. */
export function crestOf(dam: Dam): number | undefined {
  if (dam.crestLevelM !== null) return dam.crestLevelM;
  const levels = [dam.checkM, dam.designM, dam.normalM].filter((level) => level !== null);
  return levels.length === 0 ? undefined : Math.max(...levels) + FREEBOARD_M;
}

/** Reads "1: 2.5 m"; "?" is an opening nobody knows. */
export function gatesOf(texts: readonly string[] | null): Gate[] {
  return (texts ?? []).flatMap((text) => {
    const [, no, open] = /^(.+?):\s*(\?|-?[\d.]+)\s*m$/.exec(text) ?? [];
    if (no === undefined) return [];
    return [{ no, openM: open === '?' ? null : Number(open) }];
  });
}

/** Moves labels down until none lies over the one above; `tops` come sorted, px. */
export function spread(tops: readonly number[], least: number): number[] {
  let last = -Infinity;
  return tops.map((top) => (last = Math.max(top, last + least)));
}
