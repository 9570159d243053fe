// A mark: a short text or sign beside a place, written over the map while there is room for it.
import type { Form, Tint } from '../../looks/sign.ts';

/** One run of a mark, left to right. */
export type Run =
  | { readonly kind: 'text'; readonly text: string; readonly tint: Tint; readonly strong: boolean }
  /** Digits and units in the condensed face, as tall as the characters beside them. */
  | { readonly kind: 'number'; readonly text: string; readonly tint: Tint }
  | { readonly kind: 'sign'; readonly form: Form; readonly tint: Tint };

export interface Mark {
  /** Layer, stroke, key of the row. */
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  /** Rows of runs, top to bottom. */
  readonly lines: readonly (readonly Run[])[];
  /** Lower stays when two would overlap. */
  readonly rank: number;
  /** Shown only below this camera height, metres. */
  readonly belowM: number;
  /** Px at 1080 lines between the place and the text: half of what is drawn there. */
  readonly clearPx: number;
  /** Shown only from this camera height on, metres. */
  readonly aboveM?: number;
  /** Where it stands: beside its place, only under it, or on it. */
  readonly stand?: 'beside' | 'under' | 'on';
  /** Shown even where there is no room: it is not left out, whatever is there. */
  readonly must?: true;
  /** The row each line speaks of; the whole mark speaks of the one in `id` where absent. */
  readonly keys?: readonly string[];
}

/** What decides the picture of a mark: two marks with the same key share it. */
export const pictureKey = ({ lines }: Pick<Mark, 'lines'>): string =>
  lines
    .map((runs) =>
      runs
        .map((run) =>
          run.kind === 'sign'
            ? `\u0001${run.form}/${run.tint}`
            : `${run.kind === 'text' ? (run.strong ? 's' : 't') : 'n'}${run.tint}/${run.text}`,
        )
        .join('\u0002'),
    )
    .join('\u0003');
