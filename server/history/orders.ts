// What a history thread can be asked, and what it answers. Everything here crosses threads.
import type { Label } from '../../contracts/column.ts';
import type { Differences } from '../../contracts/difference.ts';
import type { Reach, Reading } from '../../contracts/records/reach.ts';
import type { PastClock } from '../../contracts/stretch.ts';
import type { Language } from '../kit/publish/csv.ts';
import type { Place } from '../kit/publish/place.ts';
import type { Selection } from '../kit/publish/selection.ts';
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
  /** Nobody waits for what it does: it steps back behind the other threads. */
  readonly canWait?: true;
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

/** What pages for other systems have in common. */
interface PublishedAsk {
  readonly layer: string;
  readonly label: Label;
  readonly selection: Selection;
  readonly limit: number;
}

interface PublishedAnswer {
  /** UTF-8: GeoJSON features with commas between them, or lines of CSV. */
  readonly bytes: Uint8Array;
  readonly returned: number;
}

/** `next`: the `after` of the next page; null: there is none. */
export interface StatePageAnswer extends PublishedAnswer, Pick<FrameAnswer, 'knownAt' | 'until' | 'tier'> {
  /** Rows of all pages. */
  readonly matched: number;
  readonly next: string | null;
}

export interface ObservedPageAnswer extends PublishedAnswer {
  readonly next: Place | null;
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
      /** Rows of elsewhere are left out; null: all are told. */
      readonly reach: Reach | null;
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
  /** The next part of a recording: contracts/recording.ts. */
  readonly record: {
    readonly ask: Omit<ReplayAsk, 'isFresh'> & {
      /** With key frames and from nothing, with key frames of where it stands, or going on. */
      readonly begins: 'anew' | 'key' | 'on';
    };
    /** Up to where it says everything, epoch ms. */
    readonly answer: { readonly bytes: Uint8Array; readonly to: number };
  };
  readonly clockDifferences: {
    readonly ask: Reading & {
      readonly layers: readonly string[];
      readonly areas: readonly string[];
      readonly at: number;
    };
    readonly answer: Differences;
  };
  readonly momentDifferences: {
    readonly ask: Reading & {
      readonly layers: readonly string[];
      readonly areas: readonly string[];
      /** Epoch ms. */
      readonly a: number;
      readonly b: number;
    };
    readonly answer: Differences;
  };
  readonly marks: {
    readonly ask: {
      readonly layers: readonly string[];
      readonly areas: readonly string[];
      readonly from: number;
      readonly to: number;
    };
    readonly answer: Marks;
  };
  readonly track: {
    readonly ask: {
      readonly layer: string;
      readonly key: string;
      readonly from: number;
      readonly to: number;
      readonly stepMs: number;
      readonly reach: Reach | null;
    };
    readonly answer: Track;
  };
  /** The state at a moment, as it was known then, by key. null: nothing was known yet, or nothing is kept from then. */
  readonly statePage: {
    readonly ask: PublishedAsk & {
      readonly at: number;
      /** Key of the last row of the page before; null: the first page. */
      readonly after: string | null;
    };
    readonly answer: StatePageAnswer | null;
  };
  /** Observations in order of the moments they speak of, both ends included. */
  readonly observedPage: {
    readonly ask: PublishedAsk & {
      readonly from: number;
      readonly to: number;
      /** null: all objects. */
      readonly keys: readonly string[] | null;
      readonly as: 'geojson' | 'csv';
      readonly language: Language;
      readonly withDetail: boolean;
      /** `next` of the page before; null: the first page. */
      readonly after: Place | null;
    };
    readonly answer: ObservedPageAnswer;
  };
  /** About how many observations a range holds. */
  readonly observedCount: {
    readonly ask: { readonly layer: string; readonly from: number; readonly to: number };
    readonly answer: number;
  };
  /** Before when nothing of a layer is kept: the beginning of a day or of an hour; null: nothing is. */
  readonly reach: {
    readonly ask: { readonly layers: readonly string[] };
    readonly answer: Readonly<Record<string, number | null>>;
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
