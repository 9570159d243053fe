// The light map: owns deck.gl and everything it draws. Reads the stores, hands map layers their kit.
import { Deck, FlyToInterpolator, MapView, WebMercatorViewport, type MapViewState } from '@deck.gl/core';
import type { LonLat } from '../../../contracts/column.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import { every, type Stop } from '../../clock.ts';
import type { City } from '../../stores/city.ts';
import { onGlyphs } from '../../stores/glyphs.ts';
import { heightGrid } from '../../stores/ground.ts';
import { opacityOf, rowsOf, stackOf } from '../../stores/choices.ts';
import { mirrors, onTableChange } from '../../stores/layers.ts';
import { say } from '../../stores/session.ts';
import { aims, onSum, sumOf } from '../../stores/sums.ts';
import { readCityNow, readLegS } from '../../stores/time.ts';
import { visible, type CameraView } from '../../stores/view.ts';
import { LocalFrame } from '../geo/enu.ts';
import { middleOf } from '../geo/geometry.ts';
import { groupAimsAt } from '../groups/group-aims.ts';
import type { Theme } from '../engine/theme.ts';
import type { KitState } from '../kit.ts';
import type { Hit, MapDrawing } from '../layer.ts';
import { hideAtStart } from '../hide-at-start.ts';
import { looks } from '../../looks/looks.ts';
import { mapLayers } from '../layers/map-layers.ts';
import type { Basemap } from '../stage/basemap-source.ts';
import { cityLabels } from '../stage/city-labels.ts';
import { homeView, steppedBy, ZOOM } from './flat-camera.ts';
import { createFlatKit, type PointLayer } from './flat-kit.ts';
import { FlatLabels } from './flat-labels.ts';
import { FlatLand } from './flat-land.ts';
import { FlatOver } from './flat-over.ts';
import { listenForLongPress } from './flat-touch.ts';
import { densityNow, heightOf, metresPerPixel, type FlatPart, type FlatView } from './flat-view.ts';
import { drawIcons } from './icon-atlas.ts';

const TILT_DEG = 45;
const FLIGHT_MS = { far: 1200, near: 900 };
const NEAR_ZOOM = 13;
/** Things that move are drawn anew this often near the ground; from far away once a second is as smooth. */
const STEP_MS = 100;
const SMOOTH_BELOW_M = 25_000;
/** A group is opened by coming nearer so much. */
const GROUP_ZOOM = 1.2;
export interface FlatStageOptions {
  readonly container: HTMLDivElement;
  readonly city: City;
  readonly basemap: Basemap;
  readonly theme: Theme;
  /** CSS pixels of one u. */
  readonly unitPx: number;
  /** Called for every frame. @param bearing degrees the top of the picture points from north */
  onFrame(state: Readonly<KitState>, bearing: number): void;
  onPick(hit: Hit | null): void;
  /** Somebody asks what is at a place. */
  onAsk(at: LonLat): void;
  onTilt(tilted: boolean): void;
  onContextLost(): void;
}

export class FlatStage {
  readonly labels: FlatLabels;
  private readonly options: FlatStageOptions;
  private readonly deck: Deck<MapView>;
  private readonly land: FlatLand;
  private readonly frame: LocalFrame;
  private readonly state: { -readonly [K in keyof KitState]: KitState[K] };
  private readonly drawings = new Map<string, MapDrawing>();
  private readonly parts = new Map<string, FlatPart[]>();
  private readonly points = new Map<string, PointLayer>();
  private readonly over: FlatOver;
  private aimed = '';
  private readonly releases: Stop[] = [];
  private viewState: MapViewState;
  private view: FlatView | null = null;
  private scheduled = 0;

  constructor(options: FlatStageOptions) {
    this.options = options;
    const { city, basemap, theme, container } = options;
    const [west, south, east, north] = city.bounds;
    this.frame = new LocalFrame([(west + east) / 2, (south + north) / 2]);
    this.state = { theme, heightM: 300_000, metresPerPixel: 100, citySeconds: readCityNow() / 1000 };
    this.land = new FlatLand(basemap, theme);
    this.viewState = this.homeState();
    hideAtStart();
    this.over = this.createOver();
    this.createDrawings();
    this.deck = new Deck({
      parent: container,
      views: new MapView({ id: 'map', controller: { keyboard: false, inertia: 250, touchRotate: true } }),
      initialViewState: this.viewState,
      layers: [],
      // Everything lies in one plane: the order of the list is the order of the picture.
      parameters: { depthCompare: 'always', depthWriteEnabled: false },
      getCursor: ({ isDragging }) => (isDragging ? 'grabbing' : 'default'),
      onViewStateChange: ({ viewState }) => {
        const was = this.isTilted;
        this.viewState = viewState;
        if (this.isTilted !== was) options.onTilt(!was);
        this.requestRender();
        return viewState;
      },
      onResize: () => this.requestRender(),
      onClick: ({ x, y, coordinate }) => this.choose({ x, y }, coordinate),
    });
    container.append(this.over.canvas);
    this.labels = new FlatLabels(container, options, () => {
      this.over.marks.touch();
      this.requestRender();
    });
    this.labels.set(cityLabels({ city, basemap, summits: [], villages: [] }, theme, say));
    this.listen();
  }

  get ready(): boolean {
    return this.labels.board.shownCount > 0 && heightGrid.value !== null;
  }

  /** Ids of the texts beside rows that are shown now. */
  get marks(): string[] {
    return this.over.marks.ids;
  }

  /** Groups of two and more, CSS pixels. */
  get groups(): { count: number; x: number; y: number; radius: number }[] {
    return this.view ? this.over.groupsIn(this.view).filter(({ count }) => count > 1) : [];
  }

  get isTilted(): boolean {
    return (this.viewState.pitch ?? 0) > 1;
  }

  home(): void {
    this.fly({ ...this.homeState(), pitch: this.viewState.pitch ?? 0 }, FLIGHT_MS.far);
  }

  tilt(tilted: boolean): void {
    this.fly({ ...this.viewState, pitch: tilted ? TILT_DEG : 0, bearing: 0 }, FLIGHT_MS.near);
  }

  flyTo(layer: string, key: string): void {
    const place = this.placeOf(layer, key);
    if (!place) return;
    const zoom = Math.max(this.viewState.zoom, NEAR_ZOOM);
    this.fly({ ...this.viewState, longitude: place[0], latitude: place[1], zoom }, FLIGHT_MS.far);
  }

  faceNorth(): void {
    this.fly({ ...this.viewState, bearing: 0 }, FLIGHT_MS.near);
  }

  /** Where the map looks, as the globe's camera would see it. */
  camera(): CameraView {
    const { longitude, latitude, bearing = 0, pitch = 0 } = this.viewState;
    return {
      at: [longitude, latitude],
      rangeM: this.state.heightM,
      headingDeg: bearing,
      pitchDeg: pitch - 90,
    };
  }

  look({ at: [longitude, latitude], rangeM }: CameraView): void {
    const zoom = this.viewState.zoom + Math.log2(this.state.heightM / Math.max(rangeM, 1));
    const within = Math.min(Math.max(zoom, ZOOM.least), ZOOM.most);
    this.fly({ ...this.viewState, longitude, latitude, zoom: within }, FLIGHT_MS.far);
  }

  /** A fresh frame with everything on it. */
  picture(): HTMLCanvasElement {
    const { width, height } = this.options.container.getBoundingClientRect();
    const copy = document.createElement('canvas');
    copy.width = Math.round(width * densityNow());
    copy.height = Math.round(height * densityNow());
    const pen = copy.getContext('2d');
    this.deck.redraw('picture');
    for (const canvas of this.options.container.querySelectorAll('canvas'))
      pen?.drawImage(canvas, 0, 0, copy.width, copy.height);
    return copy;
  }

  /** Moves or zooms for a key; false for a key that is not the map's. */
  press(key: string): boolean {
    const next = steppedBy(this.viewState, key);
    if (!next) return false;
    this.fly(next, 0);
    return true;
  }

  /** CSS pixels of a place; null before the first frame. */
  project(lon: number, lat: number): { x: number; y: number } | null {
    const at = this.view?.viewport.project([lon, lat]);
    return at ? { x: at[0] ?? 0, y: at[1] ?? 0 } : null;
  }

  placeOf(layer: string, key: string): readonly [number, number] | null {
    const slot = mirrors.get(layer)?.table?.slotOf(key) ?? -1;
    return slot < 0 ? null : (this.points.get(layer)?.placeOf(slot) ?? null);
  }

  requestRender(): void {
    if (this.scheduled === 0) this.scheduled = requestAnimationFrame(() => this.draw());
  }

  destroy(): void {
    cancelAnimationFrame(this.scheduled);
    for (const release of this.releases) release();
    for (const drawing of this.drawings.values()) drawing.destroy();
    this.labels.destroy();
    this.over.destroy();
    this.deck.finalize();
  }

  private createOver(): FlatOver {
    const { theme, unitPx, basemap } = this.options;
    return new FlatOver({
      theme,
      unitPx,
      frame: this.frame,
      counties: basemap.counties.map(({ code, polygons }) => ({
        code,
        at: middleOf(polygons[0]?.[0] ?? []),
      })),
      placeOf: (layer, key) => this.placeOf(layer, key),
      requestRender: () => this.requestRender(),
    });
  }

  private createDrawings(): void {
    const atlas = drawIcons(this.options.theme);
    for (const definition of mapLayers) {
      const { slug } = definition.layer;
      const look = looks.get(slug);
      if (!look) continue;
      const parts: FlatPart[] = [];
      this.parts.set(slug, parts);
      const kit = createFlatKit(
        {
          look,
          atlas,
          parts,
          over: this.over,
          theme: this.options.theme,
          frame: this.frame,
          state: this.state,
          view: () => this.view,
          requestRender: () => this.requestRender(),
        },
        this.points,
      );
      this.drawings.set(slug, definition.create(kit));
    }
  }

  private listen(): void {
    const update = (slug: string, table: LayerTable): void => {
      this.drawings.get(slug)?.update(table, rowsOf(slug, table));
      this.over.marks.touch();
    };
    const canvas = this.options.container.querySelector('canvas');
    const lost = (event: Event): void => {
      event.preventDefault();
      this.options.onContextLost();
    };
    canvas?.addEventListener('webglcontextlost', lost);
    this.releases.push(
      () => canvas?.removeEventListener('webglcontextlost', lost),
      onTableChange(update),
      onGlyphs(() => this.requestRender()),
      onSum((sum) => {
        this.points.get(sum.slug)?.take(sum);
        this.over.marks.touch();
      }),
      listenForLongPress(this.options.container, ({ x, y }) => {
        const [lon, lat] = this.view?.viewport.unproject([x, y]) ?? [];
        if (lon !== undefined && lat !== undefined) this.options.onAsk([lon, lat]);
      }),
      every(STEP_MS, () => {
        if (this.state.heightM < SMOOTH_BELOW_M) this.requestRender();
      }),
      every(1000, () => this.requestRender()),
    );
    for (const [slug, { table }] of mirrors) if (table) update(slug, table);
    for (const [slug, layer] of this.points) {
      const sum = sumOf(slug);
      if (sum) layer.take(sum);
    }
  }

  private draw(): void {
    this.scheduled = 0;
    const viewport = this.deck.isInitialized ? this.deck.getViewports()[0] : undefined;
    if (!(viewport instanceof WebMercatorViewport)) {
      this.requestRender();
      return;
    }
    const { state, options } = this;
    state.heightM = heightOf(viewport.zoom, viewport.latitude, viewport.height);
    state.metresPerPixel = metresPerPixel(viewport.zoom, viewport.latitude);
    state.citySeconds = readCityNow() / 1000;
    this.view = {
      frame: this.frame,
      theme: options.theme,
      viewport,
      heightM: state.heightM,
      zoom: viewport.zoom,
      bearing: this.viewState.bearing ?? 0,
      nowS: readLegS(),
      citySeconds: state.citySeconds,
    };
    options.onFrame(state, this.view.bearing);
    this.land.setRelief(heightGrid.value);
    for (const [slug, drawing] of this.drawings) {
      drawing.show(visible.get(slug) ?? false);
      drawing.fade(opacityOf(slug));
      drawing.frame?.();
    }
    const drawn = stackOf().flatMap((slug) => this.parts.get(slug) ?? []);
    this.deck.setProps({
      layers: [this.land, ...drawn].map((part) => part.layers(this.view as FlatView)),
    });
    this.aim(this.state);
    this.labels.draw(this.view, this.over.begin(this.view), [this.over.places]);
    this.over.lay();
    this.over.draw(this.view, this.labels.boxes());
  }

  /** Tells the worker how to sum up what is on show at this height. */
  private aim({ heightM, metresPerPixel: metresPerPx }: KitState): void {
    const { aims: wanted, signature } = groupAimsAt({ heightM, metresPerPx }, visible);
    if (signature === this.aimed) return;
    this.aimed = signature;
    aims.value = wanted;
    this.over.marks.touch();
  }

  /** A row is chosen; a group opens by coming nearer. */
  private choose(at: { x: number; y: number }, ground: number[] | undefined): void {
    const group = this.view && this.over.pickGroup(this.view, at)?.group;
    if (!group) {
      this.options.onPick(this.pick(at, ground));
      return;
    }
    const [longitude, latitude] = this.frame.toLonLat(group.east, group.north);
    const zoom = Math.min(this.viewState.zoom + GROUP_ZOOM, ZOOM.most);
    this.fly({ ...this.viewState, longitude, latitude, zoom }, FLIGHT_MS.near);
  }

  private pick(at: { x: number; y: number }, ground: number[] | undefined): Hit | null {
    const radiusPx = 22;
    const [lon, lat] = ground ?? [];
    const point = {
      ...at,
      radiusPx,
      ground: lon === undefined || lat === undefined ? null : ([lon, lat] as const),
    };
    let best: Hit | null = this.view && this.over.pickMark(this.view, at);
    for (const [slug, drawing] of this.drawings) {
      if (!visible.get(slug)) continue;
      const hit = drawing.pick(point);
      if (hit && hit.distancePx < (best?.distancePx ?? Infinity)) best = hit;
    }
    return best;
  }

  private homeState(): MapViewState {
    return homeView(this.options.city, this.options.container);
  }

  private fly(to: MapViewState, ms: number): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const flight =
      still || ms === 0 ? {} : { transitionDuration: ms, transitionInterpolator: new FlyToInterpolator() };
    this.viewState = to;
    this.deck.setProps({ initialViewState: { ...to, ...flight } });
    this.requestRender();
  }
}
