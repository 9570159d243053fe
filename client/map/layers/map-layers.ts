// Every map layer, found by folder walk, from the bottom to the top. The folder is the slug of the layer.
import type { MapLayer } from '../layer.ts';

const modules = import.meta.glob<{ mapLayer: MapLayer }>('./*/layer.ts', { eager: true });

export const mapLayers: readonly MapLayer[] = Object.entries(modules)
  .map(([path, { mapLayer }]) => {
    const folder = path.split('/')[1];
    if (mapLayer.layer.slug !== folder) {
      throw new Error(`map layer ${folder}: draws ${mapLayer.layer.slug}: name the folder after the layer`);
    }
    return mapLayer;
  })
  .sort((a, b) => a.order - b.order);
