// What a history thread can be asked, and what it answers. Everything here crosses threads.
import type { Label } from '../../contracts/column.ts';
import type { Differences } from '../../contracts/difference.ts';
import type { PastClock } from '../../contracts/stretch.ts';
import type { SeriesColumns } from './key-series.ts';
import type { KeepReport } from './keep.ts';
import type { Marks } from './marks.ts';
import type { ReplayAsk } from './replay.ts';
import type { Tier } from './tiers.ts';
import type { Track } from './track.ts';

/** Where a thread finds what it works on. */
export interface ThreadSetup {
  readonly layersFolder: string;
  /** History and journal of one world. */
  readonly root: string;
  /** World id. */
  readonly world: string;
  readonly journal: string;
  /** Of the declarations of layers: a SchemaShelf. */
  readonly schemas: string;
  /** Folder of the city's vector tilesets; null: none are known. */
  readonly tilesets: string | null;
}

/** The state of a layer at a moment, as its key frame and as GeoJSON. */
export interface FrameAnswer {
  readonly bytes: Uint8Array;
  readonly knownAt: number;
  readonly until: number;
  readonly tick: number;
  readonly tier: Tier;
  readonly rows: number;
}

export interface ExtentAsk {
  readonly layers: readonly string[];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly binMs: number;
}

export interface ExtentAnswer {
  /** Epoch ms; null: nothing is kept. */
  readonly from: number | null;
  readonly to: number | null;
  /** Rows that changed in each bin, by layer; layers without any are left out. */
  readonly density: Readonly<Record<string, readonly number[]>>;
}

export interface Orders {
  readonly seal: {
    readonly ask: {
      readonly now: number;
      /** Files that are still written to. */
      readonly openFiles: readonly string[];
    };
    readonly answer: { readonly segments: number; readonly faults: readonly string[] };
  };
  readonly keep: {
    readonly ask: { readonly now: number; readonly maxBytes: number };
    readonly answer: KeepReport;
  };
  readonly frame: {
    readonly ask: {
      readonly layer: string;
      readonly at: number;
      readonly label: Label;
      readonly clock: PastClock;
      readonly as: 'frame' | 'geojson';
    };
    readonly answer: FrameAnswer | null;
  };
  readonly extent: {
    readonly ask: ExtentAsk;
    readonly answer: ExtentAnswer;
  };
  readonly replay: {
    readonly ask: ReplayAsk & {
      /** Layers whose name only is answered. */
      readonly refused: readonly string[];
    };
    /** A packed stretch: contracts/stretch.ts. */
    readonly answer: { readonly bytes: Uint8Array };
  };
  readonly clockDifferences: {
    readonly ask: { readonly layers: readonly string[]; readonly label: Label; readonly at: number };
    readonly answer: Differences;
  };
  readonly momentDifferences: {
    readonly ask: {
      readonly layers: readonly string[];
      readonly label: Label;
      /** Epoch ms. */
      readonly a: number;
      readonly b: number;
    };
    readonly answer: Differences;
  };
  readonly marks: {
    readonly ask: { readonly layers: readonly string[]; readonly from: number; readonly to: number };
    readonly answer: Marks;
  };
  readonly track: {
    readonly ask: {
      readonly layer: string;
      readonly key: string;
      readonly from: number;
      readonly to: number;
      readonly stepMs: number;
    };
    readonly answer: Track;
  };
  readonly series: {
    readonly ask: {
      readonly layer: string;
      readonly keys: readonly string[];
      readonly from: number;
      readonly to: number;
    };
    readonly answer: readonly (readonly [key: string, columns: SeriesColumns])[];
  };
}

export type OrderName = keyof Orders;

export interface Asked {
  readonly id: number;
  readonly name: OrderName;
  readonly ask: unknown;
}

export interface Answered {
  readonly id: number;
  readonly answer?: unknown;
  /** Present: it failed. */
  readonly error?: string;
}
