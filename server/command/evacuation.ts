// Whom a task moves: places of the city package and what its unit counts there. Pure.
import type { LonLat, Title } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Counted, EvacuationPlace } from '../../contracts/records/evacuation.ts';
import type { CommandCity } from './responsibilities.ts';

export interface NamedPlace {
  readonly name: Title;
  readonly position: LonLat;
}
export type FindPlace = (code: string) => NamedPlace | undefined;

/** Towns and villages by their codes. */
export function placesOf({ towns, villages }: Pick<CommandCity, 'towns' | 'villages'>): FindPlace {
  const known = new Map(
    [...towns, ...villages].map(({ code, name, en, lon, lat }) => [
      code,
      { name: { zh: name, en }, position: [lon, lat] as const },
    ]),
  );
  return (code) => known.get(code);
}

/**
 * @param own code of the town or county whose unit has the task: it moves its own people; undefined: a department
 * @throws CodedError request/invalid naming the place
 */
export function placesToMove(
  asked: readonly { readonly place: string; readonly people: number }[],
  { place, own }: { readonly place: FindPlace; readonly own: string | undefined },
): EvacuationPlace[] {
  return asked.map(({ place: code, people }) => {
    const found = place(code);
    if (!found)
      throw new CodedError(
        'request/invalid',
        `move: ${code} is no town and no village of this city: see /api/gazetteer`,
      );
    if (own !== undefined && !code.startsWith(own))
      throw new CodedError('request/invalid', `move: ${code} is no place of ${own}: give it to its own unit`);
    return { place: code, ...found, toMove: people, moved: 0, refused: 0, countedAt: null };
  });
}

/**
 * All places of the task after a count. @param at as who counted says, epoch ms
 * @throws CodedError request/invalid for a place that is none of the task, and for more people than are to leave
 */
export function countedPlaces(
  move: readonly EvacuationPlace[],
  counted: Counted,
  at: number,
): EvacuationPlace[] {
  const strange = counted.find(({ place }) => !move.some((one) => one.place === place));
  if (strange)
    throw new CodedError('request/invalid', `places: ${strange.place} is no place this task moves people of`);
  return move.map((one) => {
    const said = counted.find(({ place }) => place === one.place);
    if (!said) return one;
    const { moved, refused, toMove = one.toMove } = said;
    if (moved + refused > toMove)
      throw new CodedError(
        'request/invalid',
        `places: ${one.name.zh} 已转移 ${moved} + 拒绝 ${refused} > 应转移 ${toMove}: say toMove as well where more people are to leave`,
      );
    return { ...one, toMove, moved, refused, countedAt: at };
  });
}
