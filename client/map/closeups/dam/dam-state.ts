// What the close-up shows of a dam now: marks against which the level is read, how far it is from its limit, each gate. Pure.
import type { Title } from '../../../../contracts/column.ts';
import { title } from '../../../../contracts/declare.ts';
import type { Row } from '../../../../contracts/layer.ts';
import type { Dam } from '../../../stores/dams.ts';

export interface Mark {
  readonly id: 'crest' | 'check' | 'design' | 'normal' | 'flood' | 'dead';
  readonly title: Title;
  readonly levelM: number;
  readonly isApproximate: boolean;
}

export interface Gate {
  readonly no: string;
  /** Metres it is raised; null: the source does not say. */
  readonly openM: number | null;
}

const TITLES: Readonly<Record<Mark['id'], Title>> = {
  crest: title('坝顶', 'Crest'),
  check: title('校核洪水位', 'Check flood'),
  design: title('设计洪水位', 'Design flood'),
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
    ['check', dam.checkM],
    ['design', dam.designM],
    ['normal', live.normalM ?? dam.normalM],
    ['flood', live.floodLimitM ?? dam.floodLimitM],
    ['dead', dam.deadM],
  ];
  return found
    .flatMap(([id, levelM]): Mark[] =>
      levelM === null
        ? []
        : [{ id, title: TITLES[id], levelM, isApproximate: id === 'crest' && dam.crestIsApproximate }],
    )
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

/** What the row of a reservoir says, and the marks it is read against. */
export interface DamReading {
  readonly levelM: number | null;
  readonly inflowM3S: number | null;
  readonly outflowM3S: number | null;
  readonly storage1e6M3: number | null;
  readonly gates: readonly Gate[];
  readonly marks: readonly Mark[];
  /** To the flood limit, else to the normal level: negative above it; null: no level, or no limit. */
  readonly margin: { readonly to: Mark; readonly metres: number } | null;
}

export function readingOf(dam: Dam, row: Row | null): DamReading {
  const number = (name: string): number | null => {
    const value = row?.values[name];
    return typeof value === 'number' ? value : null;
  };
  const marks = marksOf(dam, { normalM: number('normalM'), floodLimitM: number('floodLimitM') });
  const levelM = number('levelM');
  const to = marks.find(({ id }) => id === 'flood') ?? marks.find(({ id }) => id === 'normal');
  return {
    ...{ levelM, marks },
    inflowM3S: number('inflowM3S'),
    outflowM3S: number('outflowM3S'),
    storage1e6M3: number('storage1e6M3'),
    gates: gatesOf((row?.values['gates'] as readonly string[] | null | undefined) ?? null),
    margin: to && levelM !== null ? { to, metres: to.levelM - levelM } : null,
  };
}

/** Moves labels down until none lies over the one above; `tops` come sorted, px. */
export function spread(tops: readonly number[], least: number): number[] {
  let last = -Infinity;
  return tops.map((top) => (last = Math.max(top, last + least)));
}

/** The same where the labels have `room`, from 0: pushed back up from its end where they ran over it. */
export function spreadWithin(tops: readonly number[], least: number, room: number): number[] {
  const placed = spread(tops, least);
  let next = room;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, next);
    next = (placed[i] ?? 0) - least;
  }
  return placed;
}
