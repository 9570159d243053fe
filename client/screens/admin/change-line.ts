// One line in a table of changes, in words.
export interface ChangeLine {
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  /** It took an earlier change back. */
  readonly isTakenBack: boolean;
  readonly mayUndo: boolean;
}
