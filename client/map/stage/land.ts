// The land under the layers: drawn at once from afar, and in more detail as the camera comes near for the first time.
import { PrimitiveCollection, type Scene } from 'cesium';
import type { StageState } from '../engine/stage-state.ts';
import { addBasemap, addDetail, addStreets } from './basemap.ts';
import { fetchDetail, fetchStreets, type Basemap, type Detail, type NamedLine } from './basemap-source.ts';
import { BELOW_M } from './label-table.ts';

/** Asked for this much above the height it is drawn below. */
const AHEAD = 1.4;

export interface LandParts {
  readonly scene: Scene;
  readonly state: StageState;
  readonly basemap: Basemap;
  readonly tilesUrl: string;
  /** More is there: names may have come with it. */
  onDetail(): void;
}

export class Land {
  detail: Detail | null = null;
  private readonly parts: LandParts;
  private readonly streetsDrawn: PrimitiveCollection;
  private readonly detailDrawn: PrimitiveCollection;
  private readonly drawn: PrimitiveCollection;
  private streets: readonly NamedLine[] | null = null;
  private askedDetail = false;
  private askedStreets = false;
  private destroyed = false;

  constructor(parts: LandParts) {
    this.parts = parts;
    const { primitives } = parts.scene;
    this.streetsDrawn = primitives.add(new PrimitiveCollection()) as PrimitiveCollection;
    this.detailDrawn = primitives.add(new PrimitiveCollection()) as PrimitiveCollection;
    this.drawn = primitives.add(new PrimitiveCollection()) as PrimitiveCollection;
  }

  /** Lays everything on the ground as it is known now. */
  draw(): void {
    const { basemap, state, scene } = this.parts;
    this.drawn.removeAll();
    addBasemap(this.drawn, basemap, state);
    this.drawDetail();
    this.drawStreets();
    scene.requestRender();
  }

  /** Call every frame. */
  frame(): void {
    const { heightM } = this.parts.state;
    if (!this.askedDetail && heightM < BELOW_M.detail * AHEAD) void this.loadDetail();
    if (!this.askedStreets && heightM < BELOW_M.street * AHEAD) void this.loadStreets();
  }

  /** The collections go with the scene; what is still on its way is not drawn any more. */
  destroy(): void {
    this.destroyed = true;
  }

  private async loadDetail(): Promise<void> {
    this.askedDetail = true;
    const detail = await fetchDetail(this.parts.tilesUrl);
    if (this.destroyed) return;
    this.detail = detail;
    this.drawDetail();
    this.parts.onDetail();
  }

  private async loadStreets(): Promise<void> {
    this.askedStreets = true;
    const streets = await fetchStreets(this.parts.tilesUrl);
    if (this.destroyed) return;
    this.streets = streets;
    this.drawStreets();
    this.parts.scene.requestRender();
  }

  private drawDetail(): void {
    this.detailDrawn.removeAll();
    if (this.detail) addDetail(this.detailDrawn, this.detail, this.parts.state);
  }

  private drawStreets(): void {
    this.streetsDrawn.removeAll();
    if (this.streets) addStreets(this.streetsDrawn, this.streets, this.parts.state);
  }
}
