// The ground comes before all that lies on it: its terrain is asked for beside the shapes of the city, and the first frames
// draw it alone, so that they are cheap and the rest does not stand in the dark.
import { CesiumTerrainProvider, type CesiumWidget, type Scene, type TerrainProvider } from 'cesium';
import { localMs, pause } from '../../clock.ts';

/** A ground that does not come holds nothing else up for longer, ms. */
const PATIENCE_MS = 4000;
/** Between two frames of the ground alone: tiles arrive and are decoded meanwhile, ms. */
const BETWEEN_MS = 6;

/** Not in the typings. */
interface Surface {
  readonly _surface?: { readonly _tilesToRender: readonly unknown[] };
}
interface Meshed {
  createMesh(options: object): Promise<unknown> | undefined;
}

const asked = new Map<string, Promise<TerrainProvider | null>>();

/**
 * The city's terrain, asked for once, or null for the bare ellipsoid where it has none. `middle` in degrees: the tile of the
 * first level over it is fetched and decoded at once, so that the worker that decodes runs before the first frame wants it.
 */
export function terrainOf(
  tilesUrl: string | null,
  middle: readonly [lon: number, lat: number],
): Promise<TerrainProvider | null> {
  if (!tilesUrl) return Promise.resolve(null);
  const known = asked.get(tilesUrl) ?? load(tilesUrl, middle);
  asked.set(tilesUrl, known);
  return known;
}

async function load(tilesUrl: string, [lon]: readonly [number, number]): Promise<TerrainProvider | null> {
  try {
    const terrain = await CesiumTerrainProvider.fromUrl(`${tilesUrl}/terrain`, {
      requestVertexNormals: true,
    });
    // Two tiles make the first level: the western and the eastern half of the world.
    void warm(terrain, lon < 0 ? 0 : 1).catch(() => undefined);
    return terrain;
  } catch {
    // A map that is built anew asks again.
    asked.delete(tilesUrl);
    return null;
  }
}

async function warm(terrain: CesiumTerrainProvider, x: number): Promise<void> {
  const tile = await terrain.requestTileGeometry(x, 0, 0);
  await (tile as unknown as Meshed | undefined)?.createMesh({
    tilingScheme: terrain.tilingScheme,
    ...{ x, y: 0, level: 0, throttle: false },
  });
}

const isDrawn = (scene: Scene): boolean =>
  ((scene.globe as Surface)._surface?._tilesToRender.length ?? 0) > 0;

/**
 * Draws the globe alone, frame by frame, until its first tile is drawn and seen; then starts the loop of the widget, which
 * must not run before.
 */
export async function drawGroundFirst(widget: CesiumWidget): Promise<void> {
  const { scene } = widget;
  scene.primitives.show = false;
  const until = localMs() + PATIENCE_MS;
  while (!widget.isDestroyed() && localMs() < until) {
    widget.resize();
    scene.requestRender();
    widget.render();
    if (isDrawn(scene)) break;
    await pause(BETWEEN_MS);
  }
  if (widget.isDestroyed()) return;
  // The page shows it before the dearer frame with everything is drawn; a page nobody sees has no frames.
  if (!document.hidden) await new Promise(requestAnimationFrame);
  if (widget.isDestroyed()) return;
  scene.primitives.show = true;
  scene.requestRender();
  widget.useDefaultRenderLoop = true;
}
