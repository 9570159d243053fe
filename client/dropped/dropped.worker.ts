// Reads what people drop, beside the page: nothing of it is loaded before the first file comes.
import type { RefusedLayer, ReadLayer } from '../stores/temporary.ts';
import { readFiles, shifted, type NamedBytes, type Outcome } from './read-files.ts';

export type ToDropped =
  | { readonly type: 'read'; readonly serial: number; readonly files: readonly NamedBytes[] }
  | { readonly type: 'shift'; readonly serial: number; readonly layer: ReadLayer };
export interface FromDropped {
  readonly serial: number;
  readonly layers: readonly ReadLayer[];
  readonly refused: readonly RefusedLayer[];
}

self.onmessage = ({ data }: MessageEvent<ToDropped>) => {
  if (data.type === 'read') void read(data.serial, data.files);
  else answer({ serial: data.serial, layers: [shifted(data.layer)], refused: [] });
};

async function read(serial: number, files: readonly NamedBytes[]): Promise<void> {
  const outcomes = await readFiles(files);
  answer({
    serial,
    layers: outcomes.flatMap((one: Outcome) => ('layer' in one ? [one.layer] : [])),
    refused: outcomes.flatMap((one: Outcome) => ('refused' in one ? [one.refused] : [])),
  });
}

const answer = (message: FromDropped): void => self.postMessage(message);
