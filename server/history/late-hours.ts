// Of the hours the journal still holds, what became known late, layer by layer. Each file is read once, and on as it grows.
import path from 'node:path';
import { decodeObservations } from '../../contracts/earlier.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import type { Layer, Retention } from '../../contracts/layer.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { unpack } from '../kit/packed.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { namesIn } from './history-files.ts';
import { decodeJournal, MAGIC } from './journal-file.ts';
import { isJournalName } from './journal-names.ts';
import { lateAfterMs } from './lateness.ts';
import type { Gathered } from './observed-part.ts';
import { MOST_LOOKS, readFrom, roomIn } from './open-hours.ts';

interface Followed {
  /** Bytes read. */
  at: number;
  readonly byLayer: Map<string, Gathered[]>;
}

export interface LateHoursOptions {
  /** Of a world's journal. */
  readonly folder: string;
  readonly schemas: SchemaShelf;
  readonly layerOf: (slug: string) => Layer | undefined;
}

export class LateHours {
  readonly #options: LateHoursOptions;
  /** By file. */
  readonly #followed = new Map<string, Followed>();

  constructor(options: LateHoursOptions) {
    this.#options = options;
  }

  /** Reads what was added since. */
  follow(retention: Retention): void {
    // A file that goes away while it is read is being sealed: it has another name now, or its part is there.
    for (let look = 0; look < MOST_LOOKS && !this.#look(retention); look += 1);
  }

  /** false: the files are not those that were listed. */
  #look(retention: Retention): boolean {
    const folder = path.join(this.#options.folder, retention);
    const files = namesIn(folder)
      .filter((name) => isJournalName(name))
      .map((name) => path.join(folder, name));
    for (const file of this.#followed.keys()) {
      if (path.dirname(file) === folder && !files.includes(file)) this.#followed.delete(file);
    }
    return files.every((file) => this.#read(file));
  }

  /** What was late in a layer, in the files as they were when its class was followed last. */
  of(layer: Layer): Gathered[] {
    return [...this.#followed.values()].flatMap(({ byLayer }) => byLayer.get(layer.slug) ?? []);
  }

  /** false: there is no such file any more. */
  #read(file: string): boolean {
    const one = this.#followed.get(file) ?? { at: 0, byLayer: new Map<string, Gathered[]>() };
    this.#followed.set(file, one);
    const bytes = readFrom(file, one.at);
    if (!bytes) return false;
    // A reader of whole files is given what is new as if it were one.
    const { payloads, goodBytes } = decodeJournal(one.at === 0 ? bytes : Buffer.concat([MAGIC, bytes]));
    if (goodBytes > MAGIC.length) one.at += one.at === 0 ? goodBytes : goodBytes - MAGIC.length;
    for (const payload of payloads) {
      for (const frame of splitFrames(unpack(payload)).frames) this.#sift(frame, one.byLayer);
    }
    return true;
  }

  #sift(frame: Uint8Array, byLayer: Followed['byLayer']): void {
    const { layer: slug, knownAt } = decodeHeader(frame);
    const layer = this.#options.layerOf(slug);
    if (!layer) return;
    const batch = decodeObservations(layer, frame, this.#options.schemas.layerOf);
    const latest = knownAt - lateAfterMs(layer);
    for (let index = 0; index < batch.count; index += 1) {
      if ((batch.stores.validAt.data[index] as number) >= latest) continue;
      const all = byLayer.get(slug) ?? [];
      byLayer.set(slug, all);
      roomIn(all, layer, 1).addRow(batch, index, knownAt);
    }
  }
}
