// The numbers of the frame format: docs/frames.md.
import { labels } from '../column.ts';
import type { Columns, Label } from '../column.ts';

/** Raised when old decoders could misread a frame. */
export const FRAME_VERSION = 1;

export const frameKinds = ['key', 'delta', 'batch'] as const;
export type FrameKind = (typeof frameKinds)[number];

// Modes of a plane.
export const DENSE = 0;
export const CONSTANT = 1;
export const MOSTLY = 2;

// Modes of a row set; SET_XOR is added where the set says which expectations failed.
export const SET_EMPTY = 0;
export const SET_ALL = 1;
export const SET_GAPS = 2;
export const SET_MASK = 3;
export const SET_XOR = 4;

/** Names of the columns a subject of class `label` may see, in declared order. */
export function visibleColumns(columns: Columns, label: Label): string[] {
  const highest = labels.indexOf(label);
  return Object.keys(columns).filter((name) => labels.indexOf(columns[name]?.label ?? 'public') <= highest);
}

/** Names of the columns a stream of a label class carries: the visible ones without the detail columns. */
export function streamedColumns(columns: Columns, label: Label): string[] {
  return visibleColumns(columns, label).filter((name) => !columns[name]?.detail);
}
