// A label of the map and how its kinds look. Rank decides who stays when two would overlap.

export type Mark = 'none' | 'peak' | 'dot' | 'ring' | 'spot' | 'house' | 'cross';

export interface LabelStyle {
  readonly font: 'text' | 'song' | 'digits';
  /** In units of the screen (u). */
  readonly sizeU: number;
  readonly weight: number;
  readonly colour: string;
  /** em between characters. */
  readonly spacingEm: number;
  /** Left-slanted like rivers in Chinese maps. */
  readonly slanted: boolean;
  /** A mark at the place itself; the text stands beside it. */
  readonly mark: Mark;
  /** A plate around the text, like the number of a road. */
  readonly plate: boolean;
}

export type Pair = readonly [lon: number, lat: number];

export interface Label {
  readonly id: string;
  readonly text: string;
  readonly lon: number;
  readonly lat: number;
  readonly style: LabelStyle;
  /** Lower is more important. */
  readonly rank: number;
  /** Shown only below this camera height, metres. */
  readonly belowM: number;
  /** Shown only above this camera height, metres. */
  readonly aboveM: number;
  /** Where the text stands: over its place, or beside it on whichever side is free. */
  readonly anchor: 'centre' | 'beside';
  /** The river the name runs along, its width, and the parts of its length (0 to 1) where it stands best, in order. */
  readonly along?: {
    readonly line: readonly Pair[];
    readonly widthM: number;
    readonly best: readonly number[];
  };
}
