// The observations the journal holds and no part does yet: this hour's, and what is about to be sealed. Read on as the
// files grow, for the layers that were asked for.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { decodeObservations } from '../../contracts/earlier.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import { MAX_BATCH } from '../../contracts/codec/observation-batch.ts';
import type { Layer } from '../../contracts/layer.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { unpack } from '../kit/packed.ts';
import { frameLayer } from './frame-layer.ts';
import { namesIn } from './history-files.ts';
import { decodeJournal, MAGIC } from './journal-file.ts';
import { isJournalName } from './journal-names.ts';
import { Gathered } from './observed-part.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';

/** Times the files are listed because one was renamed or removed meanwhile. */
export const MOST_LOOKS = 5;

interface Followed {
  /** Bytes read. */
  at: number;
  /** All but the last are full. */
  readonly gathered: Gathered[];
}

interface OpenFile {
  readonly name: string;
  readonly gathered: Gathered;
}

export class OpenHours {
  readonly #folder: string;
  readonly #schemas: SchemaShelf;
  /** By layer and file. */
  readonly #followed = new Map<string, Followed>();

  /** `folder`: of a world's journal. */
  constructor(folder: string, schemas: SchemaShelf) {
    this.#folder = folder;
    this.#schemas = schemas;
  }

  /** What the journal says of a layer now, each with the file it is in; of a large file several. */
  of(layer: Layer): OpenFile[] {
    let found: OpenFile[] | null = null;
    // A file that goes away while it is read is being sealed: it has another name now, or its part is there.
    for (let look = 0; look < MOST_LOOKS && found === null; look += 1) found = this.#look(layer);
    return found ?? [];
  }

  /** null: the files are not those that were listed. */
  #look(layer: Layer): OpenFile[] | null {
    const folder = path.join(this.#folder, layer.retention);
    const names = namesIn(folder).filter((name) => isJournalName(name));
    const prefix = `${layer.slug} `;
    const wanted = new Set(names.map((name) => prefix + name));
    for (const id of this.#followed.keys()) {
      if (id.startsWith(prefix) && !wanted.has(id)) this.#followed.delete(id);
    }
    const found: OpenFile[] = [];
    for (const name of names) {
      const all = this.#follow(path.join(folder, name), layer, prefix + name);
      if (!all) return null;
      for (const gathered of all) found.push({ name, gathered });
    }
    return found;
  }

  /** null: there is no such file any more. */
  #follow(file: string, layer: Layer, id: string): readonly Gathered[] | null {
    const one: Followed = this.#followed.get(id) ?? { at: 0, gathered: [] };
    this.#followed.set(id, one);
    const bytes = readFrom(file, one.at);
    if (!bytes) return null;
    // A reader of whole files is given what is new as if it were one.
    const { payloads, goodBytes } = decodeJournal(one.at === 0 ? bytes : Buffer.concat([MAGIC, bytes]));
    if (goodBytes > MAGIC.length) one.at += one.at === 0 ? goodBytes : goodBytes - MAGIC.length;
    for (const payload of payloads) {
      for (const frame of splitFrames(unpack(payload)).frames) {
        if (frameLayer(frame) === layer.slug) this.#add(frame, layer, one.gathered);
      }
    }
    return one.gathered;
  }

  #add(frame: Uint8Array, layer: Layer, all: Gathered[]): void {
    const batch = decodeObservations(layer, frame, this.#schemas.layerOf);
    roomIn(all, layer, batch.count).add(batch, decodeHeader(frame).knownAt);
  }
}

/** The last of those gathered, or a new one behind it where it has no room for so many more. */
export function roomIn(all: Gathered[], layer: Layer, more: number): Gathered {
  const last = all.at(-1);
  if (last && last.batch.count + more <= MAX_BATCH) return last;
  const next = new Gathered(layer);
  all.push(next);
  return next;
}

/** What stands in a file behind a place; null: there is no such file. */
export function readFrom(file: string, at: number): Buffer | null {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - at));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, at));
  } finally {
    closeSync(fd);
  }
}
