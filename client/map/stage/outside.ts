// Imagery, terrain and 3D Tiles of others, as the settings of the server say; none by default: then nothing is asked for.
import {
  Cesium3DTileset,
  CesiumTerrainProvider,
  GeographicTilingScheme,
  UrlTemplateImageryProvider,
  WebMercatorTilingScheme,
  type CesiumWidget,
} from 'cesium';
import type { OutsideMap } from '../../stores/outside-map.ts';

/** How much of the drawn ground stays over outside imagery: its relief and dimming still read. */
export const GROUND_OVER_IMAGERY = 0.42;

/** Adds what the settings name. A service that does not answer is left out: the city's own map stays. */
export async function addOutsideMap(widget: CesiumWidget, map: OutsideMap): Promise<void> {
  for (const source of map.imagery) {
    const layer = widget.scene.imageryLayers.addImageryProvider(
      new UrlTemplateImageryProvider({
        url: source.levelOffset === 0 ? source.url : source.url.replaceAll('{z}', '{level}'),
        ...(source.subdomains.length > 0 ? { subdomains: [...source.subdomains] } : {}),
        tilingScheme:
          source.scheme === 'mercator' ? new WebMercatorTilingScheme() : new GeographicTilingScheme(),
        minimumLevel: source.minZoom,
        maximumLevel: source.maxZoom,
        customTags: {
          level: (...[, , , level]: [unknown, number, number, number]) => String(level + source.levelOffset),
        },
      }),
    );
    layer.alpha = source.opacity;
  }
  const tilesets = map.tilesets.map(({ url }) => Cesium3DTileset.fromUrl(url));
  const [terrain, ...found] = await Promise.allSettled([
    map.terrain ? CesiumTerrainProvider.fromUrl(map.terrain.url, { requestVertexNormals: true }) : null,
    ...tilesets,
  ]);
  if (widget.isDestroyed()) return;
  if (terrain.status === 'fulfilled' && terrain.value) widget.terrainProvider = terrain.value;
  for (const result of found) if (result.status === 'fulfilled') widget.scene.primitives.add(result.value);
  showCredits(widget, map);
}

/** Whose pictures are on the map: one line at its lower edge. */
function showCredits(widget: CesiumWidget, { imagery, terrain, tilesets }: OutsideMap): void {
  const credits = [...imagery, ...(terrain ? [terrain] : []), ...tilesets].map(({ credit }) => credit);
  if (credits.length === 0) return;
  const line = document.createElement('p');
  Object.assign(line.style, {
    position: 'absolute',
    insetInline: '0',
    bottom: '2px',
    margin: '0',
    fontSize: '11px',
    textAlign: 'center',
    opacity: '0.7',
    pointerEvents: 'none',
  });
  line.textContent = `© ${[...new Set(credits)].join(' · ')}`;
  widget.container.append(line);
}
