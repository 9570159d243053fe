// Every look by the slug of its layer, found by folder walk. The file is named after the layer.
import type { Look } from './look.ts';

const modules = import.meta.glob<{ look: Look }>('./layers/*.ts', { eager: true });

export const looks: ReadonlyMap<string, Look> = new Map(
  Object.entries(modules).map(([path, { look }]) => {
    const slug = /([^/]+)\.ts$/.exec(path)?.[1];
    if (look.layer.slug !== slug) {
      throw new Error(`look ${slug}: of layer ${look.layer.slug}: name the file after the layer`);
    }
    return [slug, look];
  }),
);
