// How each layer is drawn, from the bottom to the top: by its own folder, or as the glyphs of its look.
import type { MapLayer } from '../layer.ts';
import { looks } from '../../looks/looks.ts';

const modules = import.meta.glob<{ mapLayer: MapLayer }>('./*/layer.ts', { eager: true });

const own = new Map(
  Object.entries(modules).map(([path, { mapLayer }]) => {
    const folder = path.split('/')[1];
    if (mapLayer.layer.slug !== folder) {
      throw new Error(`map layer ${folder}: draws ${mapLayer.layer.slug}: name the folder after the layer`);
    }
    return [folder, mapLayer];
  }),
);

export const mapLayers: readonly MapLayer[] = [...looks.values()]
  .sort((a, b) => a.order - b.order)
  .map(({ layer }) => own.get(layer.slug) ?? { layer, create: (kit) => kit.glyphs() });
