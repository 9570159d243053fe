// How the worker should sum up the layers on show at a height: both maps ask for it in the same words.
import { representationAt } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import type { Aim } from '../../shapes.ts';

/** Side of the cells that groups are made of, px at 1080 lines: some forty groups on a wall. */
const GROUP_CELL_PX = 120;
/** Groups are made anew when the scale changed by half an octave. */
const LEVELS_PER_OCTAVE = 2;

export interface GroupAims {
  readonly aims: ReadonlyMap<string, Aim>;
  /** Another one: the worker is to be asked again. */
  readonly signature: string;
}

/** @param metresPerPx of the ground, at 1080 lines @param visible whether a layer is on show, by slug */
export function groupAimsAt(
  { heightM, metresPerPx: exact }: { heightM: number; metresPerPx: number },
  visible: ReadonlyMap<string, boolean>,
): GroupAims {
  const level = Math.round(Math.log2(exact) * LEVELS_PER_OCTAVE);
  const metresPerPx = 2 ** (level / LEVELS_PER_OCTAVE);
  const wanted = new Map<string, Aim>();
  for (const [slug, look] of looks) {
    if (!visible.get(slug)) continue;
    const as = representationAt(look, heightM);
    if (as === 'groups') wanted.set(slug, { as, cellM: metresPerPx * GROUP_CELL_PX, metresPerPx });
    else if (as === 'heat' || as === 'counts') wanted.set(slug, { as });
  }
  return { aims: wanted, signature: [level, ...[...wanted].map(([slug, { as }]) => `${slug}:${as}`)].join() };
}
