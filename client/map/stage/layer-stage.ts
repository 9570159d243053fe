// The layers on the stage: one drawing each, shown, stacked and faded as the screen chose, summed up as their looks say for
// the height of the camera, and the texts beside their rows.
import { watch } from 'vue';
import type { CesiumWidget, Texture } from 'cesium';
import type { LayerTable } from '../../../contracts/table.ts';
import { formatMoment } from '../../i18n/numbers.ts';
import type { Look } from '../../looks/look.ts';
import { looks } from '../../looks/looks.ts';
import { chosen, opacityOf, rowsOf, stackOf } from '../../stores/choices.ts';
import { glyphsOf, onGlyphs } from '../../stores/glyphs.ts';
import { city } from '../../stores/ground.ts';
import { mirrors, onTableChange } from '../../stores/layers.ts';
import { session } from '../../stores/session.ts';
import { aims, onSum, sumOf } from '../../stores/sums.ts';
import { readCityNow } from '../../stores/time.ts';
import { visible } from '../../stores/view.ts';
import { loadGlyphFonts } from '../../ui/glyphs/draw.ts';
import { AreaPrimitive } from '../areas/area-primitive.ts';
import type { StageState } from '../engine/stage-state.ts';
import { createAtlas } from '../glyphs/atlas.ts';
import { GridPrimitive } from '../grids/grid-primitive.ts';
import { createDigits, loadDigitFont } from '../groups/digits.ts';
import { groupAimsAt } from '../groups/group-aims.ts';
import type { GroupPlaces } from '../groups/group-places.ts';
import { hideAtStart } from '../hide-at-start.ts';
import type { MapKit } from '../kit.ts';
import type { Hit, MapDrawing, PickPoint } from '../layer.ts';
import { mapLayers } from '../layers/map-layers.ts';
import { LinePrimitive } from '../lines/line-primitive.ts';
import type { Projector } from './camera.ts';
import { createGlyphDrawing } from './glyph-drawing.ts';
import { createGroupDrawing, type GroupDrawing } from './group-drawing.ts';
import type { MarkBoard } from './mark-board.ts';
import { createAreas, createGrid, createLines, type Owner } from './shape-kit.ts';
import { createSumDrawing, type SumDrawing } from './sum-drawing.ts';

export interface LayerStageParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly marks: MarkBoard;
  readonly places: GroupPlaces;
  /** Rows or sums changed: what carries a text or a number is settled anew. */
  onNews(): void;
  /** The layers were stacked anew: what lies over all of them goes on top again. */
  onStack(): void;
}

export class LayerStage {
  private readonly parts: LayerStageParts;
  private readonly drawings = new Map<string, MapDrawing>();
  private readonly sums = new Map<string, SumDrawing>();
  private readonly releases: (() => void)[] = [];
  private atlas: Texture | null = null;
  private digits: Texture | null = null;
  private aimed = '';
  private destroyed = false;

  constructor(parts: LayerStageParts) {
    this.parts = parts;
    hideAtStart();
    for (const { layer, create } of mapLayers) {
      const look = looks.get(layer.slug);
      if (look) this.drawings.set(layer.slug, create(this.kit(look)));
    }
    this.restack();
    this.listen();
    void this.redrawWithFonts();
  }

  /** Call before every frame. */
  frame(): void {
    for (const [slug, drawing] of this.drawings) {
      drawing.show(visible.get(slug) ?? false);
      drawing.fade(opacityOf(slug));
      drawing.frame?.();
    }
    this.aim();
  }

  /** The row or group under a canvas point: the nearest of all layers. */
  pick(at: PickPoint): Hit | null {
    let best = this.parts.marks.pick(at);
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
    return slot < 0 ? null : (this.sums.get(slug)?.glyphs.placeOf(slot) ?? null);
  }

  /** Boxes of the groups on the screen, canvas pixels: left, top, right, bottom. */
  groupBoxes(): ReturnType<GroupDrawing['boxes']> {
    return [...this.sums.values()].flatMap(({ groups }) => groups?.boxes() ?? []);
  }

  /** Records of the groups on show, by the look of their layer. */
  *groupRecords(): Generator<readonly [Look, Uint8Array<ArrayBuffer>]> {
    for (const [slug, { groups }] of this.sums) {
      const look = looks.get(slug);
      if (groups && look) yield [look, groups.records];
    }
  }

  /** Draws the groups as they were settled. */
  layGroups(): void {
    for (const { groups } of this.sums.values()) groups?.lay();
  }

  /** Everything that lies on the ground is laid again. */
  redraw(): void {
    for (const [slug, mirror] of mirrors) if (mirror.table) this.changed(slug, mirror.table);
  }

  destroy(): void {
    this.destroyed = true;
    for (const release of this.releases) release();
    for (const drawing of this.drawings.values()) drawing.destroy();
    this.atlas?.destroy();
    this.digits?.destroy();
  }

  /** Characters and digits drawn before their faces came are drawn again. */
  private async redrawWithFonts(): Promise<void> {
    await Promise.all([loadGlyphFonts(), loadDigitFont()]);
    if (this.destroyed) return;
    this.atlas?.destroy();
    this.digits?.destroy();
    this.atlas = null;
    this.digits = null;
    this.parts.widget.scene.requestRender();
  }

  private listen(): void {
    const { scene } = this.parts.widget;
    const render = (): void => scene.requestRender();
    this.releases.push(
      onTableChange((slug, table) => this.changed(slug, table)),
      onGlyphs(render),
      onSum((sum) => {
        this.sums.get(sum.slug)?.take(sum);
        if (sum.as === 'counts') this.parts.marks.touch();
        this.parts.onNews();
        render();
      }),
      watch(chosen, () => {
        this.redraw();
        render();
      }),
      watch(
        () => [...stackOf()],
        () => {
          this.restack();
          render();
        },
      ),
      watch([visible, () => [...drawnSlugs()].map(opacityOf)], render),
    );
    this.redraw();
    for (const [slug, drawing] of this.sums) {
      const sum = sumOf(slug);
      if (sum) drawing.take(sum);
    }
  }

  private changed(slug: string, table: LayerTable): void {
    const drawing = this.drawings.get(slug);
    if (!drawing) return;
    drawing.update(table, rowsOf(slug, table));
    this.parts.marks.touch();
    this.parts.onNews();
  }

  private restack(): void {
    for (const slug of stackOf()) this.drawings.get(slug)?.raise();
    // Numbers lie over the signs of all layers.
    for (const slug of stackOf()) this.sums.get(slug)?.groups?.raise();
    this.parts.onStack();
  }

  /** Tells the worker how to sum up what is on show at this height. */
  private aim(): void {
    const { state } = this.parts;
    const metresPerPx = state.metresPerPixel * state.pixelScale;
    const { aims: wanted, signature } = groupAimsAt({ heightM: state.heightM, metresPerPx }, visible);
    if (signature === this.aimed) return;
    this.aimed = signature;
    aims.value = wanted;
    this.parts.marks.touch();
    this.parts.onNews();
  }

  private kit(look: Look): MapKit {
    const { state, projector, widget, marks } = this.parts;
    const { scene } = widget;
    const requestRender = (): void => scene.requestRender();
    const owner: Owner<object> = {
      state,
      projector,
      remove: (primitive) => void scene.primitives.remove(primitive),
      raise: (primitive) => scene.primitives.raiseToTop(primitive),
      requestRender,
    };
    const add = <P extends object>(primitive: P): P => scene.primitives.add(primitive) as P;
    const kit: MapKit = {
      state,
      requestRender,
      locale: () => session.locale,
      moment: (at) => formatMoment(at, readCityNow(), city.value?.timeZone ?? 'Asia/Shanghai'),
      lines: (style) => createLines(add(new LinePrimitive(state, style)), owner),
      areas: () => createAreas(add(new AreaPrimitive(state)), owner),
      grid: (stops) => createGrid(add(new GridPrimitive(state, stops)), owner),
      marks: () => marks.partOf(look.layer.slug),
      glyphs: () => {
        const atlas = (): Texture => (this.atlas ??= createAtlas(scene.context));
        const digits = (): Texture => (this.digits ??= createDigits(scene.context));
        const common = { state, look, projector, owner, atlas, digits, places: this.parts.places };
        const glyphs = createGlyphDrawing({
          ...common,
          mirror: glyphsOf(look.layer.slug),
          dim: () => (session.link === 'lost' ? 1 : 0),
          add: (primitive) => void add(primitive),
        });
        const groups = look.zoom.some(({ as }) => as === 'groups')
          ? createGroupDrawing({ ...common, add: (primitive) => void add(primitive) })
          : null;
        const drawing = createSumDrawing({ look, state, kit, glyphs, groups });
        this.sums.set(look.layer.slug, drawing);
        return drawing;
      },
    };
    return kit;
  }
}

const drawnSlugs = (): Iterable<string> => looks.keys();
