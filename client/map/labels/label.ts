// A label of the map and how its kinds look. Rank decides who stays when two would overlap.

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
  /** A mark before the text. */
  readonly mark: 'none' | 'peak' | 'dot';
}

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
  /** Where the text stands relative to its place. */
  readonly anchor: 'centre' | 'right';
}
