// defineLook: how the rows of one layer look, as data. Map, legend, list, card and chart all read the same object.
import type { Columns, Title } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { Form, Severity, Tint } from './sign.ts';
import { severityForms, waterForms } from './sign.ts';

type Name<C> = keyof C & string;

/** A question to one row. A row that does not say the value answers no. */
export type Test<C = Columns> =
  /** Its code is one of these. */
  | { readonly column: Name<C>; readonly is: readonly string[] }
  /** Its text begins with, or contains, one of these. */
  | { readonly column: Name<C>; readonly starts: readonly string[] }
  | { readonly column: Name<C>; readonly contains: string }
  /** from ≤ its number < below, in the column's unit; of its size where `size`. */
  | { readonly column: Name<C>; readonly from?: number; readonly below?: number; readonly size?: true }
  /** Its number is above that of another column by more than `by`. */
  | { readonly column: Name<C>; readonly over: Name<C>; readonly by?: number }
  /** Its code comes later in the dictionary than that of another column. */
  | { readonly column: Name<C>; readonly worseThan: Name<C> }
  /** One of these bits is set. */
  | { readonly column: Name<C>; readonly bits: readonly string[] };

/** One class of a layer: rows for which all tests hold and none of an earlier class. */
export interface Kind<C = Columns> {
  readonly word: Title;
  /** Empty: every row that is left. */
  readonly when: readonly Test<C>[];
  readonly tint: Tint;
  /** Instead of the form of the layer. */
  readonly form?: Form;
  /** In a white ring: something people must look at. */
  readonly ringed?: true;
  /** Done with: seen where rows are drawn one by one; groups and counts leave it out. */
  readonly over?: true;
  /** Multiplies the size of the layer. */
  readonly scale?: number;
}

/** How a layer is drawn at a height of the camera. `dots`: glyphs without their form. */
export type Representation = 'glyphs' | 'dots' | 'groups' | 'heat' | 'counts' | 'hidden';

/** Below so many metres of camera height, drawn so; the first that fits counts, hidden above the last. */
export interface ZoomStep {
  readonly belowM: number;
  readonly as: Representation;
}

/** Camera heights in metres under which the next finer view begins: the whole city, a county, a town, a site. */
export const heights = { county: 200_000, town: 60_000, site: 12_000 } as const;

/** A short value beside the glyph. `{name}` is a column with its unit, `{a-b}` the difference of two. */
export interface ValueLabel {
  readonly zh: string;
  readonly en: string;
  readonly belowM: number;
  /** Rank among labels: lower stays when two would overlap. */
  readonly rank: number;
  /** Only rows of these classes (indices of `kinds`) carry it; all where absent. */
  readonly kinds?: readonly number[];
}

/** A form that fills with the value, full at its limit. */
export interface Fill<C = Columns> {
  readonly forms: 'gauge' | 'dam';
  readonly column: Name<C>;
  readonly limit: Name<C>;
  /** Empty so many units below the limit. */
  readonly span: number;
}

export interface Look<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  /** Drawn over those of a lower order. */
  readonly order: number;
  readonly shownAtStart: boolean;
  readonly form: Form;
  /** Forms by the code of a column, where kinds differ in form. */
  readonly forms?: { readonly column: Name<C>; readonly codes: Readonly<Record<string, Form>> };
  /** Turned with this column while the other says it moves; `still` otherwise. */
  readonly heading?: { readonly column: Name<C>; readonly still: Form | null; readonly fromKmh: number };
  readonly fill?: Fill<C>;
  /** Grows with the root of a value: `per` units double the area added. */
  readonly grows?: { readonly column: Name<C>; readonly per: number; readonly most: number };
  readonly kinds: readonly Kind<C>[];
  /** Diameter in px at 1080 lines with the whole city in view, and from 20 km height. */
  readonly size: { readonly farPx: number; readonly nearPx: number };
  readonly zoom: readonly ZoomStep[];
  /** Where the colours of a density or a grid begin, in `unit`. */
  readonly steps?: { readonly from: readonly number[]; readonly unit: Title };
  /** Standing equipment: its groups step back behind what happens. */
  readonly quiet?: true;
  /** Groups show the shares of the kinds as a ring. */
  readonly mix?: true;
  /** The first whose kinds hold the row. */
  readonly values?: readonly ValueLabel[];
  /** The facts of the card, most important first; the rest is one action away. */
  readonly facts: readonly Name<C>[];
  /** The column whose last day the card and the hover draw. */
  readonly spark?: Name<C>;
  /** Address part of a still picture of each row. */
  readonly still?: { readonly column: Name<C>; readonly is: string };
  /** How the legend draws it, where it is no glyph. */
  readonly drawnAs?: 'line' | 'hatch' | 'grid';
}

/** Keeps the column names of the layer inside the look; the registry holds looks of every layer. */
export function defineLook<C extends Columns>(look: Look<C>): Look {
  return look as unknown as Look;
}

/** Shape, colour and ring of a severity: the one never stands without the other. */
export const severe = (severity: Severity): Pick<Kind, 'tint' | 'form' | 'ringed'> => ({
  tint: severity,
  form: severityForms[severity],
  ringed: true,
});

/** A level of water that is too high: shape and colour of its severity, standing on waves. */
export const severeWater = (severity: Severity): Pick<Kind, 'tint' | 'form'> => ({
  tint: severity,
  form: waterForms[severity],
});

/** How a look is drawn at a camera height. */
export function representationAt({ zoom }: Pick<Look, 'zoom'>, heightM: number): Representation {
  return zoom.find(({ belowM }) => heightM < belowM)?.as ?? 'hidden';
}
