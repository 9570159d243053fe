// The stage owns every engine object of the map. It reads the stores, hands map layers their kit, and builds everything
// anew when the browser lost the WebGL context.
import { Cartesian3, Transforms, type CesiumWidget, type Texture } from 'cesium';
import type { LayerTable } from '../../../contracts/table.ts';
import { localMs } from '../../clock.ts';
import type { City } from '../../stores/city.ts';
import { glyphsOf, onGlyphs } from '../../stores/glyphs.ts';
import { heightGrid } from '../../stores/ground.ts';
import { mirrors, onTableChange } from '../../stores/layers.ts';
import { say, session } from '../../stores/session.ts';
import { readCityNow } from '../../stores/time.ts';
import { visible } from '../../stores/view.ts';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import { Buildings } from '../buildings/buildings.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Theme } from '../engine/theme.ts';
import { LocalFrame } from '../geo/enu.ts';
import { HeightField } from '../geo/height-field.ts';
import { sunAt } from '../geo/sun.ts';
import { createAtlas } from '../glyphs/atlas.ts';
import type { GlyphPrimitive } from '../glyphs/glyph-primitive.ts';
import type { MapKit } from '../kit.ts';
import type { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Hit, MapDrawing, PickPoint } from '../layer.ts';
import { hideAtStart } from '../hide-at-start.ts';
import { mapLayers } from '../layers/map-layers.ts';
import { LinePrimitive } from '../lines/line-primitive.ts';
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
import { Ground } from './globe-material.ts';
import { addOutsideMap, GROUND_OVER_IMAGERY } from './outside.ts';
import { createGlyphDrawing, type GlyphDrawing } from './glyph-drawing.ts';
import { Land } from './land.ts';
import { Naming } from './naming.ts';
import { raisedAt } from './relief-scale.ts';
import type { SignLayer } from './sign-boxes.ts';
import { createAreas, createGrid, createLines } from './shape-kit.ts';
import { createWidget, loadTerrain } from './widget.ts';

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
}

export class Stage {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly buildings: Buildings;
  aim: Aim;
  private readonly options: StageOptions;
  private readonly ground: Ground;
  private readonly land: Land;
  private readonly drawings = new Map<string, MapDrawing>();
  private readonly glyphDrawings = new Map<string, GlyphDrawing>();
  private readonly releases: (() => void)[] = [];
  private atlas: Texture | null = null;
  private readonly naming: Naming;
  private readonly signLayers: SignLayer[] = [];
  private sunAtS = -Infinity;
  private destroyed = false;

  constructor(options: StageOptions) {
    this.options = options;
    this.aim = options.aim;
    this.widget = createWidget(options);
    const { scene } = this.widget;
    const { city } = options;
    const [west, south, east, north] = city.bounds;
    const origin = [(west + east) / 2, (south + north) / 2] as const;
    this.state = {
      frame: new LocalFrame(origin),
      frameMatrix: Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(...origin)),
      heights: new HeightField(heightGrid.value),
      theme: options.theme,
      exaggeration: raisedAt(Infinity, false),
      flat: false,
      heightM: 300_000,
      metresPerPixel: 100,
      pixelScale: 1,
      nowS: localMs() / 1000,
      citySeconds: readCityNow() / 1000,
      viewport: { width: scene.drawingBufferWidth, height: scene.drawingBufferHeight },
    };
    this.projector = new Projector(this.state);
    this.ground = new Ground(this.state, drawCityMask(city, options.basemap.counties, this.state.frame));
    scene.globe.material = this.ground.material;
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
    });
    hideAtStart();
    for (const definition of mapLayers)
      this.drawings.set(definition.layer.slug, definition.create(this.kit()));
    this.naming = new Naming({
      widget: this.widget,
      state: this.state,
      projector: this.projector,
      city,
      basemap: options.basemap,
      signLayers: this.signLayers,
      say,
    });
    this.naming.readHeights(heightGrid.value);
    this.land.draw();
    this.listen();
  }

  async start(): Promise<void> {
    const terrain = await loadTerrain(this.options.city.tilesUrl);
    if (this.destroyed) return;
    if (terrain) this.widget.terrainProvider = terrain;
    await addOutsideMap(this.widget, this.options.city.outside);
    if (this.destroyed) return;
    setLens(this.widget.scene);
    this.measure();
    this.home();
    await this.refreshLabels();
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
    const at: PickPoint = { x, y, radiusPx, ground: groundAt(this.widget, this.state, { x, y }) };
    let best: Hit | null = null;
    for (const [slug, drawing] of this.drawings) {
      if (!visible.get(slug)) continue;
      const hit = drawing.pick(at);
      if (hit && hit.distancePx < (best?.distancePx ?? Infinity)) best = hit;
    }
    return best;
  }

  /** Where a row is displayed now, or null for rows without a glyph. */
  placeOf(slug: string, key: string): { east: number; north: number; height: number } | null {
    const slot = mirrors.get(slug)?.table?.slotOf(key) ?? -1;
    return slot < 0 ? null : (this.glyphDrawings.get(slug)?.placeOf(slot) ?? null);
  }

  refreshLabels(): Promise<void> {
    return this.naming.refresh();
  }

  get labels(): LabelPrimitive {
    return this.naming.labels;
  }

  get globeReady(): boolean {
    return this.widget.scene.globe.tilesLoaded && this.buildings.ready && this.naming.placed;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const release of this.releases) release();
    for (const drawing of this.drawings.values()) drawing.destroy();
    this.buildings.destroy();
    this.land.destroy();
    this.naming.destroy();
    this.atlas?.destroy();
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
    this.releases.push(scene.preRender.addEventListener(() => this.beforeFrame()));
    this.releases.push(scene.postRender.addEventListener(() => this.options.onFrame(this)));
    this.releases.push(onTableChange((slug, table) => this.tableChanged(slug, table)));
    this.releases.push(onGlyphs(() => scene.requestRender()));
    for (const [slug, mirror] of mirrors) if (mirror.table) this.tableChanged(slug, mirror.table);
  }

  /** New heights: everything that lies on the ground is laid again. */
  ground3d(): void {
    this.state.heights = new HeightField(heightGrid.value);
    this.naming.readHeights(heightGrid.value);
    this.land.draw();
    for (const [slug, mirror] of mirrors) if (mirror.table) this.tableChanged(slug, mirror.table);
    void this.refreshLabels();
  }

  private tableChanged(slug: string, table: LayerTable): void {
    this.drawings.get(slug)?.update(table);
  }

  private beforeFrame(): void {
    const { scene } = this.widget;
    const { state } = this;
    state.nowS = localMs() / 1000;
    state.citySeconds = readCityNow() / 1000;
    setLens(scene);
    this.measure();
    if (state.citySeconds - this.sunAtS > SUN_EVERY_S || state.citySeconds < this.sunAtS) this.moveSun();
    this.ground.frame(scene, state);
    this.buildings.frame();
    this.land.frame();
    this.projector.refresh(scene);
    for (const [slug, drawing] of this.drawings) {
      drawing.show(visible.get(slug) ?? false);
      drawing.frame?.();
    }
    this.labels.dim = session.link === 'lost' ? 1 : 0;
    this.naming.frame();
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

  private kit(): MapKit {
    const { state, projector } = this;
    const { scene } = this.widget;
    const requestRender = (): void => scene.requestRender();
    const owner = {
      state,
      projector,
      remove: (primitive: object) => void scene.primitives.remove(primitive),
      requestRender,
    };
    return {
      state,
      requestRender,
      glyphs: (layer, size) => {
        const drawing = createGlyphDrawing({
          state,
          layer,
          size,
          projector,
          mirror: glyphsOf(layer.slug),
          atlas: () => (this.atlas ??= createAtlas(scene.context)),
          dim: () => (session.link === 'lost' ? 1 : 0),
          add: (primitive: GlyphPrimitive) => void scene.primitives.add(primitive),
          remove: owner.remove,
        });
        this.glyphDrawings.set(layer.slug, drawing);
        this.signLayers.push({ slug: layer.slug, size, moving: layer.moving !== null });
        return drawing;
      },
      lines: (style) =>
        createLines(scene.primitives.add(new LinePrimitive(state, style)) as LinePrimitive, owner),
      areas: () => createAreas(scene.primitives.add(new AreaPrimitive(state)) as AreaPrimitive, owner),
      grid: () => createGrid(() => this.ground, state, requestRender),
    };
  }
}
