// Layers as they were declared when something was stored, kept for ever: old segments are read with their own columns.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'; // prettier-ignore
import path from 'node:path';
import type { Columns } from '../../contracts/column.ts';
import type { Layer, LayerDefinition } from '../../contracts/layer.ts';
import { defineLayer } from '../../contracts/layer.ts';

export class Schemas {
  readonly #folder: string;
  readonly #known = new Map<string, Layer>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes sure that what is stored now can be read by any later build. @throws Error of the disk */
  keep(layer: Layer): void {
    const id = idOf(layer.slug, layer.schema);
    if (this.#known.has(id)) return;
    const file = this.#file(id);
    if (!existsSync(file)) write(file, `${JSON.stringify(layer, null, 1)}\n`);
    this.#known.set(id, layer);
  }

  /** @throws Error when no layer with these columns was ever kept here */
  layer(slug: string, schema: number): Layer {
    const id = idOf(slug, schema);
    const known = this.#known.get(id);
    if (known) return known;
    let text: string;
    try {
      text = readFileSync(this.#file(id), 'utf8');
    } catch (error) {
      throw new Error(`history of layer ${slug}: its columns ${id} are not in ${this.#folder}`, {
        cause: error,
      });
    }
    const layer = defineLayer(JSON.parse(text) as LayerDefinition<Columns>);
    if (layer.schema !== schema)
      throw new Error(`${this.#file(id)} was changed: its columns do not fit its name`);
    this.#known.set(id, layer);
    return layer;
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }
}

const idOf = (slug: string, schema: number): string => `${slug}.${schema.toString(16).padStart(8, '0')}`;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.new`;
  const fd = openSync(next, 'w');
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(next, file);
}
