// The ground comes before all that lies on it: its terrain is asked for beside the shapes of the city, and the first frames
// draw it alone, so that they are cheap and the rest does not stand in the dark.
import {
  BoundingSphere,
  CesiumTerrainProvider,
  Cartesian3,
  GeographicTilingScheme,
  QuantizedMeshTerrainData,
  TaskProcessor,
  type CesiumWidget,
  type Scene,
  type TerrainProvider,
} from 'cesium';
import { localMs, pause } from '../../clock.ts';

/** A ground that does not come holds nothing else up for longer, ms. */
const PATIENCE_MS = 4000;
/** Between two frames of the ground alone: tiles arrive and are decoded meanwhile, and no frames pile up, ms. */
const BETWEEN_MS = 16;

/** Not in the typings. */
interface Surface {
  readonly _surface?: { readonly _tilesToRender: readonly unknown[] };
}
interface Meshed {
  createMesh(options: object): Promise<unknown> | undefined;
}

const asked = new Map<string, Promise<TerrainProvider | null>>();

/** The city's terrain, asked for once, or null for the bare ellipsoid where it has none. */
export function terrainOf(tilesUrl: string | null): Promise<TerrainProvider | null> {
  if (!tilesUrl) return Promise.resolve(null);
  const known = asked.get(tilesUrl) ?? load(tilesUrl);
  asked.set(tilesUrl, known);
  return known;
}

async function load(tilesUrl: string): Promise<TerrainProvider | null> {
  try {
    return await CesiumTerrainProvider.fromUrl(`${tilesUrl}/terrain`, { requestVertexNormals: true });
  } catch {
    // A map that is built anew asks again.
    asked.delete(tilesUrl);
    return null;
  }
}

/**
 * Starts the worker that decodes terrain, with a tile of three points that is thrown away: it is as long on its way as the
 * rest of the stage, and the first tile would start it only after the first frame.
 */
export function startDecoder(): void {
  // Else a worker more is started first, only to learn what every browser of today can do.
  (TaskProcessor as unknown as { _canTransferArrayBuffer: boolean })._canTransferArrayBuffer = true;
  const corners = Uint16Array.of(0, 1, 2);
  const tile = new QuantizedMeshTerrainData({
    quantizedVertices: Uint16Array.of(0, 32_767, 0, 0, 0, 32_767, 0, 0, 0),
    indices: corners,
    ...{ minimumHeight: 0, maximumHeight: 1, childTileMask: 0, createdByUpsampling: false },
    boundingSphere: new BoundingSphere(Cartesian3.ZERO, 1),
    horizonOcclusionPoint: Cartesian3.ZERO,
    ...{ westIndices: [0], southIndices: [0], eastIndices: [1], northIndices: [2] },
    ...{ westSkirtHeight: 1, southSkirtHeight: 1, eastSkirtHeight: 1, northSkirtHeight: 1 },
  });
  const place = { tilingScheme: new GeographicTilingScheme(), x: 0, y: 0, level: 0 };
  (tile as unknown as Meshed).createMesh(place)?.catch(() => undefined);
}

const isDrawn = (scene: Scene): boolean =>
  ((scene.globe as Surface)._surface?._tilesToRender.length ?? 0) > 0;

/** A frame with nothing in it, while the terrain is on its way: what every frame needs is made and compiled. */
export function drawNothing(widget: CesiumWidget): void {
  const { globe, primitives, canvas } = widget.scene;
  // The browser would take each empty frame over into the page; without a graphics card that costs more than drawing it.
  canvas.style.visibility = 'hidden';
  primitives.show = false;
  globe.show = false;
  drawNow(widget);
  globe.show = true;
}

function drawNow(widget: CesiumWidget): void {
  widget.resize();
  widget.scene.requestRender();
  widget.render();
}

/**
 * Draws the globe alone, frame by frame, until its first tile is drawn and seen; then starts the loop of the widget, which
 * must not run before. After `drawNothing`.
 */
export async function drawGroundFirst(widget: CesiumWidget): Promise<void> {
  const { scene } = widget;
  const until = localMs() + PATIENCE_MS;
  while (!widget.isDestroyed() && localMs() < until) {
    drawNow(widget);
    if (isDrawn(scene)) break;
    await pause(BETWEEN_MS);
  }
  if (widget.isDestroyed()) return;
  scene.canvas.style.visibility = '';
  // The page shows it before the dearer frame with everything is drawn; a page nobody sees has no frames.
  if (!document.hidden) await new Promise(requestAnimationFrame);
  if (widget.isDestroyed()) return;
  scene.primitives.show = true;
  scene.requestRender();
  widget.useDefaultRenderLoop = true;
}
