// Page side: a CesiumWidget as it comes, on the bare ellipsoid, with the picture of the Earth that its package brings: no
// account, nothing from outside. Only the lens is that of the cockpit, so that both sides show the same piece of land.
import {
  buildModuleUrl,
  Cartesian3,
  CesiumWidget,
  EllipsoidTerrainProvider,
  HeadingPitchRange,
  ImageryLayer,
  Ion,
  Math as CesiumMath,
  TileMapServiceImageryProvider,
} from 'cesium';
import { expose } from '../../../bench/page/expose.ts';
import { setLens } from '../../../client/map/stage/camera.ts';

export interface PlainView {
  readonly lon: number;
  readonly lat: number;
  readonly rangeM: number;
  readonly pitchDeg: number;
}

const STEADY_FRAMES = 5;

Ion.defaultAccessToken = '';
const widget = new CesiumWidget(document.getElementById('globe') ?? document.body, {
  baseLayer: ImageryLayer.fromProviderAsync(
    TileMapServiceImageryProvider.fromUrl(buildModuleUrl('Assets/Textures/NaturalEarthII')),
  ),
  terrainProvider: new EllipsoidTerrainProvider(),
  creditContainer: document.createElement('div'),
});

/** Stands there and answers when nothing is left to load. */
async function look({ lon, lat, rangeM, pitchDeg }: PlainView): Promise<void> {
  widget.resize();
  setLens(widget.scene);
  const offset = new HeadingPitchRange(0, CesiumMath.toRadians(pitchDeg), rangeM);
  widget.camera.lookAt(Cartesian3.fromDegrees(lon, lat), offset);
  let steady = 0;
  while (steady < STEADY_FRAMES) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    steady = widget.scene.globe.tilesLoaded ? steady + 1 : 0;
  }
}

expose(look);
