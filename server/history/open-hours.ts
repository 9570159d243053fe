// The observations the journal holds and no part does yet: this hour's, and what is about to be sealed. Read on as the
// files grow, for the layers that were asked for.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { decodeObservations } from '../../contracts/earlier.ts';
import { decodeHeader } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { splitFrames } from '../../contracts/packet.ts';
import { unpack } from '../kit/packed.ts';
import { frameLayer } from './frame-layer.ts';
import { namesIn } from './history-files.ts';
import { decodeJournal, MAGIC } from './journal-file.ts';
import { Gathered } from './observed-part.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';

export const HOUR_FILE = /^\d{10}\.journal(\.\d+\.sealing)?$/;

interface Followed {
  /** Bytes read. */
  at: number;
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

  /** What the journal says of a layer now, each with the file it is in. */
  of(layer: Layer): { name: string; gathered: Gathered }[] {
    const folder = path.join(this.#folder, layer.retention);
    const names = namesIn(folder).filter((name) => HOUR_FILE.test(name));
    const prefix = `${layer.slug} `;
    const wanted = new Set(names.map((name) => prefix + name));
    for (const id of this.#followed.keys()) {
      if (id.startsWith(prefix) && !wanted.has(id)) this.#followed.delete(id);
    }
    return names.map((name) => ({
      name,
      gathered: this.#follow(path.join(folder, name), layer, prefix + name),
    }));
  }

  #follow(file: string, layer: Layer, id: string): Gathered {
    const one = this.#followed.get(id) ?? { at: 0, gathered: new Gathered(layer) };
    this.#followed.set(id, one);
    const bytes = readFrom(file, one.at);
    // A reader of whole files is given what is new as if it were one.
    const { payloads, goodBytes } = decodeJournal(one.at === 0 ? bytes : Buffer.concat([MAGIC, bytes]));
    if (goodBytes > MAGIC.length) one.at += one.at === 0 ? goodBytes : goodBytes - MAGIC.length;
    for (const payload of payloads) {
      for (const frame of splitFrames(unpack(payload)).frames) {
        if (frameLayer(frame) === layer.slug) this.#add(frame, one.gathered);
      }
    }
    return one.gathered;
  }

  #add(frame: Uint8Array, gathered: Gathered): void {
    const { layer, full } = gathered.batch;
    if (full) return;
    gathered.add(decodeObservations(layer, frame, this.#schemas.layerOf), decodeHeader(frame).knownAt);
  }
}

export function readFrom(file: string, at: number): Buffer {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    // Sealed meanwhile: its part is there.
    return Buffer.alloc(0);
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(fd).size - at));
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, at));
  } finally {
    closeSync(fd);
  }
}
