// Towns whose slopes the rain endangers, the worst first, out of the rows of the layer.
import type { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import type { HazardLevel } from '../../../contracts/records/geohazard.ts';
import type { LayerTable } from '../../../contracts/table.ts';

export interface SlopeTown {
  readonly key: string;
  readonly name: string;
  readonly score: number;
  /** null: below blue. */
  readonly level: HazardLevel | null;
  readonly rain3hMm: number | null;
  readonly effectiveMm: number;
  /** The days before are not known: the score is too low. */
  readonly isPartial: boolean;
  readonly patrolPoints: number;
  readonly preparePeople: number;
  readonly movePeople: number;
}

export interface SlopeSum {
  readonly towns: number;
  readonly patrolPoints: number;
  readonly preparePeople: number;
  readonly movePeople: number;
}

/** Towns at a level, or with points of theirs at one. */
export function slopeTowns(table: LayerTable<(typeof geohazardScore)['columns']> | null): SlopeTown[] {
  const towns: SlopeTown[] = [];
  for (const { key, values } of table?.rows() ?? []) {
    const patrolPoints = values.patrolPoints ?? 0;
    if (values.level === null && patrolPoints === 0) continue;
    towns.push({
      ...{ key, name: values.name ?? key, score: values.score ?? 0, level: values.level },
      ...{ rain3hMm: values.rain3hMm, effectiveMm: values.effectiveMm ?? 0, patrolPoints },
      isPartial: values.effectiveFrom === 'rain-of-a-day',
      preparePeople: values.preparePeople ?? 0,
      movePeople: values.movePeople ?? 0,
    });
  }
  return towns.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
}

export function slopeSum(towns: readonly SlopeTown[]): SlopeSum {
  const sum = (of: (town: SlopeTown) => number): number => towns.reduce((all, town) => all + of(town), 0);
  return {
    towns: towns.length,
    patrolPoints: sum(({ patrolPoints }) => patrolPoints),
    preparePeople: sum(({ preparePeople }) => preparePeople),
    movePeople: sum(({ movePeople }) => movePeople),
  };
}
