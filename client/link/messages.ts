// What the page and its worker say to each other.
import type { Hello } from '../../contracts/wire.ts';
import type { Choice } from '../looks/choice.ts';
import type { Cursor, CursorWish } from '../stores/cursor.ts';
import type { RecordingNews, RecordingWish } from '../stores/recording.ts';
import type { Aim, GlyphUpdate, HeightGrid, Place, Sum, Tally } from '../shapes.ts';

export type ToWorker =
  | { readonly type: 'start'; readonly url: string; readonly world: string }
  | { readonly type: 'place'; readonly place: Place }
  /** How the map wants layers summed up; those that are not named are not. */
  | { readonly type: 'aims'; readonly aims: ReadonlyMap<string, Aim> }
  /** What this screen chose for layers; those that are not named are as their looks say. */
  | { readonly type: 'choices'; readonly choices: ReadonlyMap<string, Choice> }
  | { readonly type: 'applied'; readonly tick: number }
  /** What people want of the time cursor. */
  | { readonly type: 'cursor'; readonly wish: CursorWish }
  /** A file to be shown instead of the city, or no more. */
  | { readonly type: 'recording'; readonly wish: RecordingWish }
  | { readonly type: 'resync'; readonly reason: string };

export type LinkState = 'connecting' | 'live' | 'lost';

export type FromWorker =
  | { readonly type: 'link'; readonly state: LinkState; readonly since: number; readonly reason: string }
  /** Everything received so far is void; key frames follow. */
  | { readonly type: 'reset' }
  | { readonly type: 'hello'; readonly hello: Hello; readonly fresh: boolean }
  | {
      readonly type: 'frames';
      readonly tick: number;
      /** Bytes of the packet as received. */
      readonly wireBytes: number;
      readonly frames: readonly Uint8Array<ArrayBuffer>[];
      readonly glyphs: readonly GlyphUpdate[];
      /** Everything received before is void. */
      readonly isFresh: boolean;
      /** Where the time cursor stands with these frames; null: live, as before. */
      readonly cursor: Cursor | null;
    }
  | { readonly type: 'cursor'; readonly cursor: Cursor }
  | { readonly type: 'recording'; readonly news: RecordingNews }
  | { readonly type: 'glyphs'; readonly glyphs: readonly GlyphUpdate[] }
  | { readonly type: 'sums'; readonly sums: readonly Sum[]; readonly tallies: readonly Tally[] }
  | {
      readonly type: 'clock';
      readonly at: number;
      readonly receivedAt: number;
      /** Seconds of the city in one second; 0: it stands. */
      readonly speed: number;
    }
  | { readonly type: 'heights'; readonly grid: HeightGrid }
  | { readonly type: 'skipped'; readonly fromTick: number; readonly toTick: number; readonly reason: string }
  | { readonly type: 'refused'; readonly layer: string; readonly code: string; readonly message: string }
  | { readonly type: 'fault'; readonly code: string; readonly message: string };
