// The stage owns every engine object of the map. It reads the stores, hands map layers their kit, and builds everything
// anew when the browser lost the WebGL context.
import { watch } from 'vue';
import { Cartesian3, Transforms, type CesiumWidget } from 'cesium';
import { localMs } from '../../clock.ts';
import type { City } from '../../stores/city.ts';
import { heightGrid } from '../../stores/ground.ts';
import { crisis } from '../../stores/mode.ts';
import { say, session } from '../../stores/session.ts';
import { readCityNow, readLegS } from '../../stores/time.ts';
import { Buildings } from '../buildings/buildings.ts';
import { noteBuildings } from './building-watch.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Theme } from '../engine/theme.ts';
import { LocalFrame } from '../geo/enu.ts';
import { HeightField } from '../geo/height-field.ts';
import { sunAt } from '../geo/sun.ts';
import type { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Hit } from '../layer.ts';
import type { Basemap } from './basemap-source.ts';
import {
  Projector,
  fly,
  groundAt,
  homeOf,
  jumpHome,
  lookNow,
  setLens,
  viewOf,
  type Aim,
  type Look,
} from './camera.ts';
import { drawCityMask } from './city-mask.ts';
import { drawGroundFirst, drawNothing, terrainOf } from './ground-first.ts';
import { Dimming } from './dimming.ts';
import { Ground } from './globe-material.ts';
import { addOutsideMap, GROUND_OVER_IMAGERY } from './outside.ts';
import { lonLatOf } from './follow.ts';
import { Land } from './land.ts';
import { LayerStage } from './layer-stage.ts';
import { Naming } from './naming.ts';
import { TemporaryStage } from './temporary-stage.ts';
import { createTrackLines } from './track-lines.ts';
import { Writing, type Written } from './writing.ts';
import { shareFrames } from './relief-loading.ts';
import { raisedAt } from './relief-scale.ts';
import { createWidget } from './widget.ts';

/** The sun moves a quarter of a degree in this time, seconds. */
const SUN_EVERY_S = 60;

export interface StageOptions {
  readonly container: HTMLElement;
  readonly city: City;
  readonly basemap: Basemap;
  readonly theme: Theme;
  /** Lit by the real sun of the city's clock, where the theme is light; else as surveyors draw it. */
  readonly sunlit: boolean;
  readonly aim: Aim;
  readonly onRequest: boolean;
  readonly resolutionScale: number;
  readonly reliefError: number;
  /** Called after every frame. */
  onFrame(stage: Stage): void;
  onContextLost(): void;
  /** A frame could not be drawn: the map stands still from here on. */
  onFailure(error: unknown): void;
}

export class Stage {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly buildings: Buildings;
  aim: Aim;
  private readonly options: StageOptions;
  private readonly ground: Ground;
  private readonly dimming: Dimming;
  private readonly land: Land;
  private readonly layers: LayerStage;
  private readonly writing: Writing;
  private readonly temporary: TemporaryStage;
  private readonly track: ReturnType<typeof createTrackLines>;
  private readonly releases: (() => void)[] = [];
  private readonly naming: Naming;
  private sunAtS = -Infinity;
  /** More than the ground is drawn. */
  private isWhole = false;
  private destroyed = false;

  constructor(options: StageOptions) {
    this.options = options;
    this.aim = options.aim;
    this.widget = createWidget(options);
    this.widget.useDefaultRenderLoop = false;
    const { scene } = this.widget;
    const { city } = options;
    this.state = stateOf(this.widget, options);
    this.projector = new Projector(this.state);
    this.ground = new Ground(this.state, drawCityMask(city, options.basemap.counties, this.state.frame));
    scene.globe.material = this.ground.material;
    this.dimming = new Dimming(this.ground, options, this.state.frame);
    if (city.outside.imagery.length > 0) this.ground.setOpacity(GROUND_OVER_IMAGERY);
    this.land = new Land({
      scene,
      state: this.state,
      basemap: options.basemap,
      tilesUrl: city.tilesUrl,
      onDetail: () => {
        this.naming.villages = this.land.detail?.villages ?? [];
        void this.refreshLabels();
      },
    });
    this.buildings = new Buildings({
      scene,
      target: scene.primitives,
      state: this.state,
      url: options.basemap.hasBuildings ? `${city.tilesUrl}/buildings/tileset.json` : null,
      onShown: (shown) => noteBuildings(shown, city.tilesUrl),
    });
    const shared = { widget: this.widget, state: this.state, projector: this.projector };
    this.naming = new Naming({
      ...shared,
      city,
      basemap: options.basemap,
      say,
      onNames: () => this.writing.renew(),
    });
    this.writing = new Writing({
      ...shared,
      basemap: options.basemap,
      naming: this.naming,
      map: options.container,
      layers: () => this.layers,
      lonLatOf: (layer, key) => lonLatOf(this, layer, key),
    });
    this.layers = new LayerStage({
      ...shared,
      marks: this.writing.marks,
      places: this.writing.groups,
      onNews: () => this.writing.touch(),
      onStack: () => this.writing.raise(),
    });
    this.temporary = new TemporaryStage(shared);
    this.track = createTrackLines(scene, this.state);
    this.naming.readHeights(heightGrid.value);
    this.land.draw();
    this.listen();
  }

  /** Resolves when the ground is seen; the rest comes with the next frame. */
  async start(): Promise<void> {
    const { city } = this.options;
    drawNothing(this.widget);
    const terrain = await terrainOf(city.tilesUrl);
    if (this.destroyed) return;
    if (terrain) this.widget.terrainProvider = terrain;
    await addOutsideMap(this.widget, city.outside);
    if (this.destroyed) return;
    setLens(this.widget.scene);
    this.measure();
    this.home();
    await drawGroundFirst(this.widget);
    if (this.destroyed) return;
    this.isWhole = true;
    // Names wait for their faces; the picture does not wait for them.
    this.refreshLabels().catch((error: unknown) => this.options.onFailure(error));
  }

  home(): void {
    jumpHome(this.widget, homeOf(this.options.city, this.state, this.aim));
    this.widget.scene.requestRender();
  }

  homeView(): ReturnType<typeof homeOf> {
    return homeOf(this.options.city, this.state, this.aim);
  }

  /** Puts the camera on a place at once. */
  jump(to: Look): void {
    this.widget.camera.cancelFlight();
    jumpHome(this.widget, viewOf(this.state, to));
    this.widget.scene.requestRender();
  }

  /** North up again, over what is in the middle now. */
  faceNorth(): void {
    const now = lookNow(this.widget, this.state);
    if (now) fly(this.widget, viewOf(this.state, { ...now, headingDeg: 0 }));
  }

  /** The flat map, or the raised one, of what is in view now. */
  setFlat(flat: boolean): void {
    const { state, widget } = this;
    if (state.flat === flat) return;
    const now = lookNow(widget, state);
    state.flat = flat;
    widget.scene.screenSpaceCameraController.enableTilt = !flat;
    if (now) fly(widget, viewOf(state, { lon: now.lon, lat: now.lat, rangeM: now.rangeM }));
    widget.scene.requestRender();
  }

  /** The row under a canvas point: the nearest glyph, else a line, else an area. */
  pick(x: number, y: number, radiusPx: number): Hit | null {
    const at = { x, y, radiusPx, ground: groundAt(this.widget, this.state, { x, y }) };
    const hit = this.layers.pick(at);
    const brought = this.temporary.pick(at);
    // Of two areas the one that was brought lies on top.
    return brought && brought.distancePx <= (hit?.distancePx ?? Infinity) ? brought : hit;
  }

  /** Where a row is displayed now, or null for rows without a glyph. */
  placeOf(slug: string, key: string): { east: number; north: number; height: number } | null {
    return this.layers.placeOf(slug, key);
  }

  refreshLabels(): Promise<void> {
    return this.naming.refresh();
  }

  get labels(): LabelPrimitive {
    return this.naming.labels;
  }

  /** All that carries a text or a number, and what it keeps clear of: boxes in canvas pixels, for tests. */
  get written(): Written[] {
    return this.writing.boxes();
  }

  /** What is not drawn yet as it will be; nothing: the picture stands. */
  get waitsFor(): readonly ('relief' | 'buildings' | 'names')[] {
    const { globe } = this.widget.scene;
    return [
      ...(this.isWhole && globe.tilesLoaded ? [] : ['relief' as const]),
      ...(this.buildings.ready ? [] : ['buildings' as const]),
      ...(this.writing.settled ? [] : ['names' as const]),
    ];
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const release of this.releases) release();
    this.track.destroy();
    this.layers.destroy();
    this.temporary.destroy();
    this.buildings.destroy();
    this.land.destroy();
    this.naming.destroy();
    this.widget.destroy();
  }

  private listen(): void {
    const { scene, canvas } = this.widget;
    const lost = (event: Event): void => {
      event.preventDefault();
      this.options.onContextLost();
    };
    canvas.addEventListener('webglcontextlost', lost);
    this.releases.push(() => canvas.removeEventListener('webglcontextlost', lost));
    this.releases.push(
      scene.renderError.addEventListener((_: unknown, error: unknown) => this.options.onFailure(error)),
    );
    const dim = (sinceS: number): void => {
      this.dimming.show(crisis.value, sinceS);
      scene.requestRender();
    };
    // A map that is made in the middle of a crisis shows it at once, without a change to be seen.
    if (crisis.value) dim(-Infinity);
    this.releases.push(
      watch(
        () => JSON.stringify(crisis.value?.areas),
        () => dim(localMs() / 1000),
      ),
    );
    this.releases.push(shareFrames(scene));
    this.releases.push(scene.preRender.addEventListener(() => this.beforeFrame()));
    this.releases.push(scene.postRender.addEventListener(() => this.options.onFrame(this)));
  }

  /** New heights: everything that lies on the ground is laid again. */
  ground3d(): void {
    this.state.heights = new HeightField(heightGrid.value);
    this.naming.readHeights(heightGrid.value);
    this.land.draw();
    this.layers.redraw();
    this.temporary.redraw();
    this.track.redraw();
    void this.refreshLabels();
  }

  private beforeFrame(): void {
    const { scene } = this.widget;
    const { state } = this;
    state.nowS = localMs() / 1000;
    state.legS = readLegS();
    state.citySeconds = readCityNow() / 1000;
    setLens(scene);
    this.measure();
    if (state.citySeconds - this.sunAtS > SUN_EVERY_S || state.citySeconds < this.sunAtS) this.moveSun();
    if (this.dimming.step(state.nowS)) scene.requestRender();
    this.ground.frame(scene, state);
    if (!this.isWhole) return;
    this.buildings.frame();
    this.land.frame();
    this.projector.refresh(scene);
    this.layers.frame();
    this.temporary.frame();
    this.labels.dim = session.link === 'lost' ? 1 : 0;
    this.writing.frame();
  }

  private moveSun(): void {
    const { city, sunlit, theme } = this.options;
    this.sunAtS = this.state.citySeconds;
    const lit = sunlit && theme.name === 'light';
    this.ground.setSun(lit ? sunAt(this.state.citySeconds * 1000, city.centre) : null);
  }

  private measure(): void {
    const { scene, camera, canvas } = this.widget;
    const { state } = this;
    const before = state.viewport.width;
    state.viewport.width = scene.drawingBufferWidth;
    state.viewport.height = scene.drawingBufferHeight;
    const { longitude, latitude, height } = camera.positionCartographic;
    const ground = state.heights.at((longitude * 180) / Math.PI, (latitude * 180) / Math.PI);
    state.exaggeration = raisedAt(height - ground, state.flat);
    state.heightM = Math.max(50, height - ground * state.exaggeration);
    scene.verticalExaggeration = state.exaggeration;
    const cssHeight = Math.max(1, canvas.clientHeight);
    const perCss = state.viewport.height / cssHeight;
    // Sizes are given at 1080 lines; a taller picture is a bigger wall, not a finer one.
    state.pixelScale = Math.max(0.8, cssHeight / 1080) * perCss;
    const range = state.heightM / Math.max(0.2, Math.sin(-camera.pitch));
    state.metresPerPixel =
      (2 * range * Math.tan((12.5 * Math.PI) / 180)) / Math.max(1, state.viewport.height);
    if (before !== state.viewport.width) this.naming.resized();
  }
}

/** What the drawings share, before the first frame is measured. */
function stateOf({ scene }: CesiumWidget, { city, theme }: StageOptions): StageState {
  const [west, south, east, north] = city.bounds;
  const origin = [(west + east) / 2, (south + north) / 2] as const;
  return {
    frame: new LocalFrame(origin),
    frameMatrix: Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(...origin)),
    heights: new HeightField(heightGrid.value),
    theme,
    exaggeration: raisedAt(Infinity, false),
    flat: false,
    heightM: 300_000,
    metresPerPixel: 100,
    pixelScale: 1,
    nowS: localMs() / 1000,
    legS: readLegS(),
    citySeconds: readCityNow() / 1000,
    viewport: { width: scene.drawingBufferWidth, height: scene.drawingBufferHeight },
  };
}
