// The buildings of the city as 3D Tiles: asked for when the camera comes close, footprints first, then whole; coloured,
// filtered and picked.
import {
  Cartesian2,
  Cesium3DTileFeature,
  Cesium3DTileset,
  Color,
  type PrimitiveCollection,
  type Scene,
} from 'cesium';
import { shallowReactive } from 'vue';
import type { StageState } from '../engine/stage-state.ts';
import { rgb } from '../engine/theme.ts';
import {
  legendOf,
  type Attribute,
  type Building,
  type BuildingFilter,
  type LegendEntry,
  type Ramp,
} from './attributes.ts';
import { BuildingShader } from './building-shader.ts';

/** Drawn below this camera height; asked for a little above it, metres. */
const SHOWN_BELOW_M = 12_000;
const ASKED_BELOW_M = 14_000;
/** With the lens of the stage and 1,080 lines, footprints change to whole buildings at 4 km height at this error, pixels. */
const ERROR_PX = 19.3;
const LINES = 1080;

/** What the legend must say of the buildings now. */
export const buildingLegend = shallowReactive<{ shown: boolean; entries: readonly LegendEntry[] }>({
  shown: false,
  entries: [],
});

export interface BuildingsParts {
  readonly scene: Scene;
  readonly target: PrimitiveCollection;
  readonly state: StageState;
  /** tileset.json of the city, or null where it has no buildings. */
  readonly url: string | null;
}

export class Buildings {
  private readonly parts: BuildingsParts;
  private readonly look: BuildingShader;
  private tileset: Cesium3DTileset | null = null;
  private asked = false;
  private destroyed = false;
  private readonly lit = new Set<Cesium3DTileFeature>();

  constructor(parts: BuildingsParts) {
    this.parts = parts;
    const night = parts.state.theme.name === 'night';
    this.look = new BuildingShader({
      wall: rgb(night ? '#3a4d52' : '#c9cfcb'),
      roof: rgb(night ? '#5b7075' : '#e6e9e4'),
    });
  }

  /** Call every frame. */
  frame(): void {
    const { state, url } = this.parts;
    if (url && !this.asked && state.heightM < ASKED_BELOW_M) void this.load(url);
    if (!this.tileset) return;
    const shown = state.heightM < SHOWN_BELOW_M;
    if (this.tileset.show !== shown) {
      this.tileset.show = shown;
      buildingLegend.shown = shown;
    }
    this.tileset.maximumScreenSpaceError = (ERROR_PX * state.viewport.height) / LINES;
  }

  /** Colours every building by an attribute, by its own ramp or another; null for none. */
  colourBy(attribute: Attribute | null, ramp: Ramp | null = null): void {
    this.look.colourBy(attribute, ramp);
    buildingLegend.entries = attribute ? legendOf(attribute, ramp) : [];
    this.parts.scene.requestRender();
  }

  /** Draws only the buildings that fit; null for all. */
  filter(filter: BuildingFilter | null): void {
    this.look.filter(filter);
    this.parts.scene.requestRender();
  }

  /** The building at a place of the page over the map, CSS pixels of the canvas. */
  async pick(x: number, y: number): Promise<Building | null> {
    const hit = await this.pickFeature(x, y);
    return hit ? readBuilding(hit) : null;
  }

  /** Lights one building, and takes the light from the one before; null for none. */
  async light(at: { x: number; y: number } | null): Promise<Building | null> {
    for (const feature of this.lit) feature.color = Color.WHITE;
    this.lit.clear();
    const hit = at && (await this.pickFeature(at.x, at.y));
    if (hit) {
      hit.color = Color.fromCssColorString('#f5f8f6');
      this.lit.add(hit);
    }
    this.parts.scene.requestRender();
    return hit ? readBuilding(hit) : null;
  }

  get ready(): boolean {
    return this.tileset?.tilesLoaded ?? !this.asked;
  }

  destroy(): void {
    this.destroyed = true;
    this.lit.clear();
    buildingLegend.shown = false;
    if (this.tileset) this.parts.target.remove(this.tileset);
    this.tileset = null;
  }

  private async pickFeature(x: number, y: number): Promise<Cesium3DTileFeature | null> {
    if (!this.tileset?.show) return null;
    const hit = await this.parts.scene.pickAsync(new Cartesian2(x, y));
    return hit instanceof Cesium3DTileFeature && hit.tileset === this.tileset ? hit : null;
  }

  private async load(url: string): Promise<void> {
    this.asked = true;
    const tileset = await Cesium3DTileset.fromUrl(url, {
      show: false,
      dynamicScreenSpaceError: false,
      foveatedScreenSpaceError: false,
      preloadFlightDestinations: false,
      // About 40,000 buildings whole are 60 MB; what is far away may go.
      cacheBytes: 96 * 1024 * 1024,
    }).catch(() => null);
    // Tiles that do not come are a city without buildings: the map says nothing of them and stays whole.
    if (!tileset || this.destroyed) return;
    tileset.customShader = this.look.shader;
    this.tileset = this.parts.target.add(tileset) as Cesium3DTileset;
    this.parts.scene.requestRender();
  }
}

function readBuilding(feature: Cesium3DTileFeature): Building {
  const number = (name: string): number => Number(feature.getProperty(name) ?? 0);
  const text = (name: string): string => String(feature.getProperty(name) ?? '');
  return {
    id: text('id'),
    name: text('name'),
    use: text('use'),
    floors: number('floors'),
    heightM: number('heightM'),
    residents: number('residents'),
    buildYear: number('buildYear'),
  };
}
