// The buildings of the city as 3D Tiles: asked for when the camera comes close, footprints first, then whole; coloured,
// filtered, picked and lit.
import {
  Cartesian2,
  Cesium3DTileFeature,
  Cesium3DTileset,
  type PrimitiveCollection,
  type Scene,
} from 'cesium';
import type { Attribute, Building, BuildingFilter, Ramp, Use } from '../../looks/building-look.ts';
import type { StageState } from '../engine/stage-state.ts';
import { rgb } from '../engine/theme.ts';
import { BuildingShader, type BuildingLook } from './building-shader.ts';

/** Drawn below this camera height; asked for a little above it, metres. */
const SHOWN_BELOW_M = 12_000;
const ASKED_BELOW_M = 14_000;
/** With the lens of the stage and 1,080 lines, footprints change to whole buildings at 4 km height at this error, pixels. */
const ERROR_PX = 19.3;
const LINES = 1080;
/** Between these camera heights plates take the colours of whole buildings, metres. */
const FLAT_ABOVE_M = 5000;
const WHOLE_BELOW_M = 3600;

const night: BuildingLook = {
  flat: rgb('#1c2a2f'),
  edge: rgb('#33464b'),
  wall: rgb('#33454a'),
  roof: rgb('#43565b'),
  edgeNear: rgb('#5b7075'),
  light: rgb('#f5f8f6'),
};
const light: BuildingLook = {
  flat: rgb('#dfe2dc'),
  edge: rgb('#b4bcb7'),
  wall: rgb('#c9cfcb'),
  roof: rgb('#e6e9e4'),
  edgeNear: rgb('#a9b2ac'),
  light: rgb('#16201f'),
};

export interface BuildingsParts {
  readonly scene: Scene;
  readonly target: PrimitiveCollection;
  readonly state: Pick<StageState, 'theme' | 'heightM' | 'pixelScale' | 'viewport'>;
  /** tileset.json of the city, or null where it has no buildings. */
  readonly url: string | null;
  /** They came into sight, or went. */
  onShown(shown: boolean): void;
}

export class Buildings {
  private readonly parts: BuildingsParts;
  private readonly look: BuildingShader;
  private tileset: Cesium3DTileset | null = null;
  private asked = false;
  private destroyed = false;

  constructor(parts: BuildingsParts) {
    this.parts = parts;
    this.look = new BuildingShader(parts.state.theme.name === 'night' ? night : light);
  }

  /** Call every frame. */
  frame(): void {
    const { state, url } = this.parts;
    if (url && !this.asked && state.heightM < ASKED_BELOW_M) void this.load(url);
    if (!this.tileset) return;
    const shown = state.heightM < SHOWN_BELOW_M;
    if (this.tileset.show !== shown) {
      this.tileset.show = shown;
      this.parts.onShown(shown);
    }
    this.tileset.maximumScreenSpaceError = (ERROR_PX * state.viewport.height) / LINES;
    const near = (FLAT_ABOVE_M - state.heightM) / (FLAT_ABOVE_M - WHOLE_BELOW_M);
    this.look.see(Math.min(1, Math.max(0, near)), state.pixelScale);
  }

  /** Colours every building by an attribute, by its own ramp or another; null for none. */
  colourBy(attribute: Attribute | null, ramp: Ramp | null = null): void {
    this.look.colourBy(attribute, ramp);
    this.parts.scene.requestRender();
  }

  /** Draws only the buildings that fit; null for all. */
  filter(filter: BuildingFilter | null): void {
    this.look.filter(filter);
    this.parts.scene.requestRender();
  }

  /** Lights buildings by number: chosen, asked about, under the pointer. */
  light(chosen: { picked: number | null; asked: number | null; hovered: number | null }): void {
    this.look.light(chosen.picked, chosen.asked, chosen.hovered);
    this.parts.scene.requestRender();
  }

  /** The building at a place of the canvas, or null. The picture goes on meanwhile. */
  async pick(x: number, y: number): Promise<Building | null> {
    const { scene } = this.parts;
    if (!this.tileset?.show) return null;
    const at = new Cartesian2(x, y);
    // The answer is read after one of the next frames, and on a still map there is none unless somebody asks.
    const goOn = scene.postRender.addEventListener(() => scene.requestRender());
    scene.requestRender();
    const hit: unknown = await scene
      .pickAsync(at)
      // A GPU that is ten frames behind: wait for it.
      .catch(() => (this.destroyed ? null : (scene.pick(at) as unknown)))
      .finally(goOn);
    const isOurs = hit instanceof Cesium3DTileFeature && !this.destroyed && hit.tileset === this.tileset;
    return isOurs ? readBuilding(hit) : null;
  }

  get shown(): boolean {
    return this.tileset?.show ?? false;
  }

  get ready(): boolean {
    return this.tileset?.tilesLoaded ?? !this.asked;
  }

  destroy(): void {
    this.destroyed = true;
    if (this.tileset?.show) this.parts.onShown(false);
    if (this.tileset) this.parts.target.remove(this.tileset);
    this.tileset = null;
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
    number: number('number'),
    id: text('id'),
    name: text('name'),
    use: text('use') as Use,
    floors: number('floors'),
    heightM: number('heightM'),
    residents: number('residents'),
    buildYear: number('buildYear'),
  };
}
