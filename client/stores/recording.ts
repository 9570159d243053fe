// The recording this page shows instead of the city: what is known of it, and the wish to open or leave one. The link
// takes the wish to the worker, which reads the file.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import type { Bounds } from './city.ts';

export interface OpenRecording {
  /** Name of the file. */
  readonly name: string;
  readonly city: {
    readonly id: string;
    readonly title: Title;
    readonly timeZone: string;
    readonly bounds: Bounds;
  };
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** City clock when it was written, epoch ms. */
  readonly madeAt: number;
  readonly build: string;
  readonly isDemo: boolean;
  /** Milliseconds between two states; 0: every tick. */
  readonly stepMs: number;
  /** How much was said in equal parts of it, from 0 to 1. */
  readonly density: readonly number[];
  /** Titles of layers this build does not know, or cannot read: they are left out. */
  readonly leftOut: readonly Title[];
  /** Slugs of those whose columns have changed since: read by name. */
  readonly changed: readonly string[];
  /** Code of what is wrong behind `to`; '' where it is whole, `full` where it was cut at its greatest size. */
  readonly fault: string;
}

export type RecordingWish = { readonly do: 'open'; readonly file: File } | { readonly do: 'give-up' };

export type RecordingNews =
  | { readonly is: 'reading'; readonly name: string; readonly share: number }
  | { readonly is: 'open'; readonly recording: OpenRecording }
  | { readonly is: 'refused'; readonly name: string; readonly code: string; readonly detail: string }
  /** Reading was given up. */
  | { readonly is: 'given-up' }
  /** Live again. */
  | { readonly is: 'closed' };

/** The wish made last: each is a new object. */
export const recordingWish = shallowRef<RecordingWish | null>(null);
/** What is shown instead of the city; null: nothing is. */
export const recording = shallowRef<OpenRecording | null>(null);
/** The file that is being read, and how much of it was, from 0 to 1. */
export const reading = shallowRef<{ readonly name: string; readonly share: number } | null>(null);
/** Why the last file was not opened; null once that was read. */
export const refusedFile = shallowRef<{
  readonly name: string;
  readonly code: string;
  readonly detail: string;
} | null>(null);

export function openRecording(file: File): void {
  refusedFile.value = null;
  recordingWish.value = { do: 'open', file };
}

/** Gives up reading a file. */
export function stopReading(): void {
  recordingWish.value = { do: 'give-up' };
}

export function applyRecording(news: RecordingNews): void {
  reading.value = news.is === 'reading' ? news : null;
  if (news.is === 'open') recording.value = news.recording;
  if (news.is === 'closed') recording.value = null;
  if (news.is === 'refused') refusedFile.value = news;
}
