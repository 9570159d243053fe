// Saves a stretch of the past as a file: takes it from the server piece by piece, checks each part, and hands it to the
// browser's downloads when it is whole.
import { shallowRef } from 'vue';
import { RECORDING_TYPE, RecordingReader, type RecordingHead } from '../../../contracts/recording.ts';
import { saveFile } from '../../ui/save-file.ts';
import { askWorld } from '../../stores/world.ts';

/** Pieces are handed to the browser in lots, which may put them on the disk, bytes. */
const LOT_BYTES = 32 * 1024 * 1024;

export interface SaveAsk {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds between two states; 0: every tick. */
  readonly stepMs: number;
}

export interface Saving {
  /** How much of the time is there, from 0 to 1. */
  readonly share: number;
  readonly bytes: number;
}

/** null: nothing is being saved. */
export const saving = shallowRef<Saving | null>(null);
export const saveFault = shallowRef('');
/** Name of the file saved last, and whether it was cut at its greatest size. */
export const saved = shallowRef<{
  readonly name: string;
  readonly bytes: number;
  readonly isFull: boolean;
} | null>(null);

let under: AbortController | null = null;

export function cancelSaving(): void {
  under?.abort();
}

export async function saveRecording(ask: SaveAsk): Promise<void> {
  cancelSaving();
  const mine = new AbortController();
  under = mine;
  saveFault.value = '';
  saved.value = null;
  saving.value = { share: 0, bytes: 0 };
  try {
    const query = new URLSearchParams(Object.entries(ask).map(([name, value]) => [name, String(Math.round(value))])); // prettier-ignore
    const response = await askWorld(`/api/history/recording?${query.toString()}`, { signal: mine.signal });
    if (!response.ok || !response.body) throw new Error(await reasonOf(response));
    const { content, isFull } = await receive(response.body, (now) => (saving.value = now));
    const name = nameIn(response.headers.get('Content-Disposition'));
    saveFile(name, content);
    saved.value = { name, bytes: content.size, isFull };
  } catch (error) {
    if (!mine.signal.aborted) saveFault.value = error instanceof Error ? error.message : String(error);
  } finally {
    if (under === mine) saving.value = null;
  }
}

/** @throws CodedError recording/… where what came is not whole */
async function receive(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  say: (now: Saving) => void,
): Promise<{ content: Blob; isFull: boolean }> {
  const reader = new RecordingReader();
  let content = new Blob([], { type: RECORDING_TYPE });
  let lot: Uint8Array<ArrayBuffer>[] = [];
  let [lotBytes, bytes, share] = [0, 0, 0];
  let head: RecordingHead | null = null;
  let isFull = false;
  const close = (): void => {
    content = new Blob([content, ...lot], { type: RECORDING_TYPE });
    lot = [];
    lotBytes = 0;
  };
  for (const source = body.getReader(); ;) {
    const { value, done } = await source.read();
    if (done) break;
    for (const part of reader.push(value)) {
      if (part.kind === 'head') head = part.head;
      else if (part.kind === 'end') isFull = part.end.reason === 'full';
      else if (head) share = (part.stretch.to - head.from) / Math.max(1, head.to - head.from);
    }
    lot.push(value);
    lotBytes += value.length;
    bytes += value.length;
    if (lotBytes > LOT_BYTES) close();
    say({ share, bytes });
  }
  reader.end();
  close();
  return { content, isFull };
}

const nameIn = (header: string | null): string =>
  /filename="([^"]+)"/.exec(header ?? '')?.[1] ?? 'city.cockpit';

async function reasonOf(response: Response): Promise<string> {
  try {
    const { message } = (await response.json()) as { message?: unknown };
    return String(message);
  } catch {
    return `HTTP ${response.status}`;
  }
}
