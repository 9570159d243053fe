// A bare Cesium widget that never calls outside: no imagery, no token, no sky; terrain of the city only.
import { CesiumWidget, Color, EllipsoidTerrainProvider, Ion } from 'cesium';
import type { Theme } from '../engine/theme.ts';

export interface WidgetOptions {
  readonly container: HTMLElement;
  readonly theme: Theme;
  /** Frames are drawn on request only; tests use it, and screens that stand still. */
  readonly onRequest: boolean;
  readonly resolutionScale: number;
  /** Pixels a relief tile may be wrong: smaller is finer and dearer. */
  readonly reliefError: number;
}

export function createWidget({
  container,
  theme,
  onRequest,
  resolutionScale,
  reliefError,
}: WidgetOptions): CesiumWidget {
  Ion.defaultAccessToken = '';
  const credits = document.createElement('div');
  const widget = new CesiumWidget(container, {
    baseLayer: false,
    terrainProvider: new EllipsoidTerrainProvider(),
    skyBox: false,
    skyAtmosphere: false,
    creditContainer: credits,
    requestRenderMode: onRequest,
    maximumRenderTimeChange: Infinity,
    msaaSamples: 2,
    // Nothing here is drawn through other things in unknown order; it would cost two pictures of the screen and a pass a frame.
    orderIndependentTranslucency: false,
    contextOptions: { webgl: { powerPreference: 'high-performance', antialias: false } },
    useBrowserRecommendedResolution: false,
    showRenderLoopErrors: false,
  });
  widget.resolutionScale = resolutionScale;
  const { scene } = widget;
  scene.backgroundColor = new Color(...theme.page, 1);
  if (scene.sun) scene.sun.show = false;
  if (scene.moon) scene.moon.show = false;
  scene.fog.enabled = false;
  scene.highDynamicRange = false;
  const { globe } = scene;
  globe.showGroundAtmosphere = false;
  globe.enableLighting = false;
  globe.baseColor = new Color(...theme.page, 1);
  globe.showSkirts = true;
  globe.tileCacheSize = 300;
  globe.maximumScreenSpaceError = reliefError;
  globe.preloadSiblings = false;
  const control = scene.screenSpaceCameraController;
  control.minimumZoomDistance = 600;
  control.maximumZoomDistance = 1_500_000;
  control.enableLook = false;
  return widget;
}
