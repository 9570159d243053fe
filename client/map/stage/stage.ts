// The stage owns every engine object of the map. It reads the stores, hands map layers their kit, and builds everything
// anew when the browser lost the WebGL context.
import { Cartesian3, PrimitiveCollection, Transforms, type CesiumWidget, type Texture } from 'cesium';
import type { LayerTable } from '../../../contracts/table.ts';
import { localMs } from '../../clock.ts';
import type { City } from '../../stores/city.ts';
import { glyphsOf, onGlyphs } from '../../stores/glyphs.ts';
import { heightGrid } from '../../stores/ground.ts';
import { mirrors, onTableChange } from '../../stores/layers.ts';
import { say, session } from '../../stores/session.ts';
import { readCityNow } from '../../stores/time.ts';
import { visible, type MapMode } from '../../stores/view.ts';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Theme } from '../engine/theme.ts';
import { LocalFrame } from '../geo/enu.ts';
import { HeightField } from '../geo/height-field.ts';
import { createAtlas } from '../glyphs/atlas.ts';
import type { GlyphPrimitive } from '../glyphs/glyph-primitive.ts';
import type { MapKit } from '../kit.ts';
import { loadLabelFonts } from '../labels/label-atlas.ts';
import { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Hit, MapDrawing, PickPoint } from '../layer.ts';
import { mapLayers } from '../layers/map-layers.ts';
import { LinePrimitive } from '../lines/line-primitive.ts';
import { addBasemap } from './basemap.ts';
import type { Basemap } from './basemap-source.ts';
import { Projector, groundAt, homeOf, jumpHome, setLens, type Aim } from './camera.ts';
import { cityLabels, mostLabels } from './city-labels.ts';
import { drawCityMask } from './city-mask.ts';
import { Ground } from './globe-material.ts';
import { createGlyphDrawing, type GlyphDrawing } from './glyph-drawing.ts';
import { tiltOnly } from './outlook.ts';
import { createAreas, createGrid, createLines } from './shape-kit.ts';
import { createWidget, loadTerrain } from './widget.ts';

/** Relief is raised so that it reads from above; not close to it. */
const EXAGGERATION = 1.7;
const PLAIN_BELOW_M = 8000;

export interface StageOptions {
  readonly container: HTMLElement;
  readonly city: City;
  readonly basemap: Basemap;
  readonly theme: Theme;
  readonly aim: Aim;
  readonly onRequest: boolean;
  readonly resolutionScale: number;
  readonly reliefError: number;
  /** Called after every frame. */
  onFrame(stage: Stage): void;
  onContextLost(): void;
}

let startHidden = false;

/** Layers that begin hidden, once a page: what people chose since then stays. */
function hideAtStart(): void {
  if (startHidden) return;
  startHidden = true;
  for (const { layer, shownAtStart } of mapLayers) if (!shownAtStart) visible.set(layer.slug, false);
}

export class Stage {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly labels: LabelPrimitive;
  aim: Aim;
  private readonly options: StageOptions;
  private readonly ground: Ground;
  private readonly land: PrimitiveCollection;
  private readonly drawings = new Map<string, MapDrawing>();
  private readonly glyphDrawings = new Map<string, GlyphDrawing>();
  private readonly releases: (() => void)[] = [];
  private atlas: Texture | null = null;
  private labelsReady = false;
  private settledAt = '';
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
      exaggeration: EXAGGERATION,
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
    this.land = scene.primitives.add(new PrimitiveCollection()) as PrimitiveCollection;
    hideAtStart();
    for (const definition of mapLayers)
      this.drawings.set(definition.layer.slug, definition.create(this.kit()));
    this.labels = scene.primitives.add(new LabelPrimitive(this.state)) as LabelPrimitive;
    this.drawLand();
    this.listen();
  }

  async start(): Promise<void> {
    const terrain = await loadTerrain(this.options.city.tilesUrl);
    if (this.destroyed) return;
    if (terrain) this.widget.terrainProvider = terrain;
    setLens(this.widget.scene);
    this.measure();
    this.home();
    await this.refreshLabels();
  }

  home(): void {
    jumpHome(this.widget, homeOf(this.options.city, this.state, this.aim));
    this.widget.scene.requestRender();
  }

  /** 2D looks straight down and stays so; what is in the middle stays there. */
  setMode(mode: MapMode): void {
    tiltOnly(this, mode);
  }

  homeView(): ReturnType<typeof homeOf> {
    return homeOf(this.options.city, this.state, this.aim);
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

  async refreshLabels(): Promise<void> {
    const { city, basemap, theme } = this.options;
    const labels = cityLabels({ city, basemap }, theme, say);
    await loadLabelFonts(labels);
    if (this.destroyed) return;
    this.labels.set(labels, this.unitPx());
    this.labelsReady = true;
    this.settledAt = '';
    this.widget.scene.requestRender();
  }

  get globeReady(): boolean {
    return this.labelsReady && this.widget.scene.globe.tilesLoaded && this.labels.shown.size > 0;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const release of this.releases) release();
    for (const drawing of this.drawings.values()) drawing.destroy();
    this.atlas?.destroy();
    this.widget.destroy();
  }

  /** Pixels of one u on the canvas. */
  private unitPx(): number {
    const css =
      Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--u-px')) || 15;
    return (css * this.state.viewport.width) / Math.max(1, this.widget.canvas.clientWidth);
  }

  private drawLand(): void {
    this.land.removeAll();
    addBasemap(this.land, this.options.basemap, this.state);
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
    this.drawLand();
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
    this.ground.frame(scene, state);
    this.projector.refresh(scene);
    for (const [slug, drawing] of this.drawings) {
      drawing.show(visible.get(slug) ?? false);
      drawing.frame?.();
    }
    this.labels.dim = session.link === 'lost' ? 1 : 0;
    this.settleLabels();
  }

  private measure(): void {
    const { scene, camera, canvas } = this.widget;
    const { state } = this;
    const before = state.viewport.width;
    state.viewport.width = scene.drawingBufferWidth;
    state.viewport.height = scene.drawingBufferHeight;
    const ground = state.heights.at(
      (camera.positionCartographic.longitude * 180) / Math.PI,
      (camera.positionCartographic.latitude * 180) / Math.PI,
    );
    state.heightM = Math.max(50, camera.positionCartographic.height - ground * state.exaggeration);
    state.exaggeration = state.heightM < PLAIN_BELOW_M ? 1 : EXAGGERATION;
    scene.verticalExaggeration = state.exaggeration;
    const cssHeight = Math.max(1, canvas.clientHeight);
    const perCss = state.viewport.height / cssHeight;
    // Sizes are given at 1080 lines; a taller picture is a bigger wall, not a finer one.
    state.pixelScale = Math.max(0.8, cssHeight / 1080) * perCss;
    const range = state.heightM / Math.max(0.2, Math.sin(-camera.pitch));
    state.metresPerPixel =
      (2 * range * Math.tan((12.5 * Math.PI) / 180)) / Math.max(1, state.viewport.height);
    if (before !== state.viewport.width && this.labelsReady) void this.refreshLabels();
  }

  private settleLabels(): void {
    if (!this.labelsReady) return;
    const { camera } = this.widget;
    const at = `${camera.positionWC.x.toFixed(0)},${camera.positionWC.y.toFixed(0)},${camera.pitch.toFixed(3)},${camera.heading.toFixed(3)},${this.state.viewport.width}`;
    if (at === this.settledAt) return;
    this.settledAt = at;
    const out = { x: 0, y: 0 };
    this.labels.settle((east, north, height) => {
      if (!this.projector.project([east, north, height], out)) return null;
      const { width, height: tall } = this.state.viewport;
      return out.x < 0 || out.y < 0 || out.x > width || out.y > tall ? null : { x: out.x, y: out.y };
    }, mostLabels(this.state.heightM));
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
        return drawing;
      },
      lines: (style) =>
        createLines(scene.primitives.add(new LinePrimitive(state, style)) as LinePrimitive, owner),
      areas: () => createAreas(scene.primitives.add(new AreaPrimitive(state)) as AreaPrimitive, owner),
      grid: () => createGrid(() => this.ground, state, requestRender),
    };
  }
}
