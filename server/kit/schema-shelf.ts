// The declarations of layers, kept on disk for ever under their hash: whatever was written under them, in journal,
// snapshot or history, stays readable.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Columns } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { defineLayer } from '../../contracts/layer.ts';

export class SchemaShelf {
  readonly #folder: string;
  readonly #layers = new Map<string, Layer | null>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps the declarations of today. @throws Error when one cannot be written */
  keep(layers: Iterable<Layer>): void {
    for (const layer of layers) {
      this.#layers.set(nameOf(layer.slug, layer.schema), layer);
      const file = this.#file(layer.slug, layer.schema);
      if (existsSync(file)) continue;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, `${JSON.stringify(layer, null, 1)}\n`, { flush: true });
      renameSync(`${file}.new`, file);
    }
  }

  /** The declaration with this hash; null where it was never kept, or its file is damaged. */
  readonly layerOf = (slug: string, schema: number): Layer | null => {
    const name = nameOf(slug, schema);
    let known = this.#layers.get(name);
    if (known === undefined) {
      known = this.#read(slug, schema);
      this.#layers.set(name, known);
    }
    return known;
  };

  /** @throws Error when nothing can be read that was stored under this declaration */
  layer(slug: string, schema: number): Layer {
    const layer = this.layerOf(slug, schema);
    if (layer) return layer;
    throw new Error(
      `layer ${slug}: its columns of then are not known: ${this.#file(slug, schema)} is missing or damaged`,
    );
  }

  #read(slug: string, schema: number): Layer | null {
    try {
      const { schema: _, ...definition } = JSON.parse(
        readFileSync(this.#file(slug, schema), 'utf8'),
      ) as Layer<Columns>;
      const layer = defineLayer(definition);
      return layer.slug === slug && layer.schema === schema ? layer : null;
    } catch {
      return null;
    }
  }

  #file(slug: string, schema: number): string {
    return path.join(this.#folder, `${nameOf(slug, schema)}.json`);
  }
}

const nameOf = (slug: string, schema: number): string => `${slug}/${schema.toString(16).padStart(8, '0')}`;
