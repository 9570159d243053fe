// A paper (公文) before it has a form: what stands in it and what points to what. Word and PDF are made of the same one.

/** A piece of a sentence; with `to` it points to the block or row of that anchor. */
export type Piece = string | { readonly text: string; readonly to: string };
export type Words = readonly Piece[];

export interface TableRow {
  readonly anchor?: string;
  /** As many as the table has heads. */
  readonly cells: readonly Words[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string; readonly anchor?: string }
  | { readonly kind: 'text'; readonly words: Words; readonly anchor?: string }
  | {
      readonly kind: 'table';
      readonly heads: readonly string[];
      /** Shares of the width, any scale. */
      readonly shares: readonly number[];
      readonly rows: readonly TableRow[];
    }
  | {
      readonly kind: 'picture';
      readonly anchor: string;
      readonly bytes: Uint8Array;
      readonly type: 'image/jpeg' | 'image/png';
      readonly caption: string;
    }
  /** Small print: what a reader must know of a table or of the paper. */
  | { readonly kind: 'note'; readonly words: Words };

export interface Paper {
  readonly title: string;
  /** Lines below the title: number, unit, time. */
  readonly under: readonly string[];
  readonly blocks: readonly Block[];
  /** Who signs and the day, at the end, to the right. */
  readonly close: readonly string[];
  /** Stands across every page; null: nothing. */
  readonly mark: string | null;
  /** At the foot of every page: who had it made and when. */
  readonly foot: string;
  readonly author: string;
  /** Epoch ms. */
  readonly madeAt: number;
}

export const paperFormats = ['docx', 'pdf'] as const;
export type PaperFormat = (typeof paperFormats)[number];

export const textOf = (words: Words): string =>
  words.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');

/** Every text of a paper in the order it is read: for tests, and for those who search. */
export function linesOf({ title, under, blocks, close }: Paper): string[] {
  const lines = blocks.flatMap((block) => {
    switch (block.kind) {
      case 'heading':
        return [block.text];
      case 'picture':
        return [block.caption];
      case 'table':
        return [block.heads.join(' | '), ...block.rows.map(({ cells }) => cells.map(textOf).join(' | '))];
      default:
        return [textOf(block.words)];
    }
  });
  return [title, ...under, ...lines, ...close];
}

/** Anchors that something points to and nothing bears. */
export function looseEnds({ blocks }: Paper): string[] {
  const borne = new Set<string>();
  const wanted: string[] = [];
  const look = (words: Words): void => {
    for (const piece of words) if (typeof piece !== 'string') wanted.push(piece.to);
  };
  for (const block of blocks) {
    if ('anchor' in block && block.anchor !== undefined) borne.add(block.anchor);
    if (block.kind === 'text' || block.kind === 'note') look(block.words);
    if (block.kind !== 'table') continue;
    for (const { anchor, cells } of block.rows) {
      if (anchor !== undefined) borne.add(anchor);
      cells.forEach(look);
    }
  }
  return wanted.filter((anchor) => !borne.has(anchor));
}
