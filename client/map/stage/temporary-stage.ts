// Temporary layers on the stage: what people brought is drawn with the same primitives as the city's own rows, in a colour
// that is no severity, and picked like them. Models stand where the middle of the map was when they came.
import { watch } from 'vue';
import { Cartesian3, HeightReference, Model, Transforms, type CesiumWidget, type Texture } from 'cesium';
import { loadGlyphFonts } from '../../ui/glyphs/draw.ts';
import {
  changeTemporary,
  fitTemporary,
  temporaryLayers,
  wantedBox,
  type TemporaryLayer,
} from '../../stores/temporary.ts';
import type { StageState } from '../engine/stage-state.ts';
import { createAtlas } from '../glyphs/atlas.ts';
import type { Hit, PickPoint } from '../layer.ts';
import { flyTo, groundAt, type Projector } from './camera.ts';
import type { Owner } from './shape-kit.ts';
import { drawTemporary, type TemporaryDrawing } from './temporary-drawing.ts';

export interface TemporaryParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
}

/** What a drawing is made of: another of these, and it is drawn anew. */
type Made = Pick<TemporaryLayer, 'features' | 'tint'>;
const METRES_PER_DEGREE = 111_000;
const NEAREST_RANGE_M = 800;
/** Room around what is shown. */
const ROOM = 2.4;
/** A model of a few metres is still seen, px. */
const LEAST_MODEL_PX = 48;

export class TemporaryStage {
  private readonly parts: TemporaryParts;
  private readonly drawings = new Map<string, { made: Made; drawing: TemporaryDrawing }>();
  private readonly models = new Map<string, Model | null>();
  private readonly releases: (() => void)[];
  private atlas: Texture | null = null;
  private destroyed = false;

  constructor(parts: TemporaryParts) {
    this.parts = parts;
    this.releases = [
      watch(temporaryLayers, () => this.settle(), { immediate: true }),
      watch(wantedBox, (box) => box && this.look(box)),
    ];
    void loadGlyphFonts();
  }

  /** Call before every frame. */
  frame(): void {
    for (const { id, isShown, opacity } of temporaryLayers()) {
      const drawing = this.drawings.get(id)?.drawing;
      drawing?.show(isShown);
      drawing?.fade(opacity);
      const model = this.models.get(id);
      if (model) model.show = isShown;
    }
  }

  pick(at: PickPoint): Hit | null {
    let best: Hit | null = null;
    for (const { id, isShown } of temporaryLayers()) {
      const hit = isShown ? (this.drawings.get(id)?.drawing.pick(at, id) ?? null) : null;
      if (hit && hit.distancePx < (best?.distancePx ?? Infinity)) best = hit;
    }
    return best;
  }

  /** The ground has other heights. */
  redraw(): void {
    for (const { drawing } of this.drawings.values()) drawing.destroy();
    this.drawings.clear();
    this.settle();
  }

  destroy(): void {
    this.destroyed = true;
    for (const release of this.releases) release();
    for (const { drawing } of this.drawings.values()) drawing.destroy();
    this.atlas?.destroy();
  }

  private settle(): void {
    const { scene } = this.parts.widget;
    const layers = temporaryLayers();
    const ids = new Set(layers.map(({ id }) => id));
    for (const [id, { drawing }] of this.drawings) {
      if (ids.has(id)) continue;
      drawing.destroy();
      this.drawings.delete(id);
    }
    for (const [id, model] of this.models) {
      if (ids.has(id)) continue;
      if (model) scene.primitives.remove(model);
      this.models.delete(id);
    }
    for (const layer of layers) {
      if (layer.modelUrl !== null) void this.stand(layer);
      else this.draw(layer);
    }
    scene.requestRender();
  }

  private draw(layer: TemporaryLayer): void {
    const before = this.drawings.get(layer.id);
    if (before?.made.features === layer.features && before.made.tint === layer.tint) return;
    before?.drawing.destroy();
    const { widget, state, projector } = this.parts;
    const { scene } = widget;
    const owner: Owner<object> = {
      ...{ state, projector },
      remove: (primitive) => void scene.primitives.remove(primitive),
      raise: (primitive) => scene.primitives.raiseToTop(primitive),
      requestRender: () => scene.requestRender(),
    };
    const drawing = drawTemporary(layer, {
      owner,
      add: (primitive) => scene.primitives.add(primitive) as typeof primitive,
      atlas: () => (this.atlas ??= createAtlas(scene.context)),
    });
    this.drawings.set(layer.id, { made: layer, drawing });
  }

  /** In the middle of the map, on the ground. */
  private async stand({ id, modelUrl, stands }: TemporaryLayer): Promise<void> {
    if (this.models.has(id) || modelUrl === null) return;
    this.models.set(id, null);
    const { widget, state } = this.parts;
    const { scene } = widget;
    const { width, height } = state.viewport;
    const at = stands ?? groundAt(widget, state, { x: width / 2, y: height / 2 }) ?? state.frame.origin;
    try {
      const model = await Model.fromGltfAsync({
        url: modelUrl,
        scene,
        modelMatrix: Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(...at)),
        heightReference: HeightReference.CLAMP_TO_GROUND,
        minimumPixelSize: LEAST_MODEL_PX,
      });
      if (this.destroyed || !this.models.has(id)) return model.destroy();
      const fail = (error: unknown): void => changeTemporary(id, { fault: wordsOf(error) });
      model.errorEvent.addEventListener(fail);
      this.models.set(id, scene.primitives.add(model) as Model);
      changeTemporary(id, { stands: [at[0], at[1]] });
      if (!stands) fitTemporary(id);
    } catch (error) {
      changeTemporary(id, { fault: wordsOf(error) });
    }
  }

  private look([west, south, east, north]: readonly [number, number, number, number]): void {
    const size = Math.max(north - south, (east - west) * Math.cos((north * Math.PI) / 180));
    const rangeM = Math.max(NEAREST_RANGE_M, size * METRES_PER_DEGREE * ROOM);
    flyTo(this.parts.widget, this.parts.state, { lon: (west + east) / 2, lat: (south + north) / 2, rangeM });
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
