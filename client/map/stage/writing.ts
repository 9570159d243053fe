// All that is written on the map: names, texts beside rows and groups, settled together on one board.
import type { CesiumWidget } from 'cesium';
import { asked, view as chosen } from '../../stores/view.ts';
import type { StageState } from '../engine/stage-state.ts';
import { middleOf } from '../geo/geometry.ts';
import { GroupPlaces } from '../groups/group-places.ts';
import type { Box, ScreenGrid } from '../labels/screen-grid.ts';
import type { Basemap } from './basemap-source.ts';
import type { Projector } from './camera.ts';
import { instrumentBoxes } from './instrument-boxes.ts';
import { LabelView } from './label-view.ts';
import type { LayerStage } from './layer-stage.ts';
import { MarkBoard } from './mark-board.ts';
import type { Naming } from './naming.ts';
import { Placing } from './placing.ts';
import { addChosen, addSignBoxes, addSingles } from './sign-boxes.ts';

/** Panels come and go: they are measured this often, seconds. */
const INSTRUMENTS_EVERY_S = 2;
/** Kept free around what is selected, and around the place asked about, CSS pixels. */
const CHOSEN_PX = { selected: 17, asked: 18 };

export interface WritingParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly basemap: Basemap;
  readonly naming: Naming;
  /** The element of the map: what lies beside it in the page lies over it on the screen. */
  readonly map: Element;
  layers(): LayerStage;
  lonLatOf(layer: string, key: string): readonly [lon: number, lat: number] | null;
}

/** One box on the screen: canvas pixels, left, top, right, bottom. */
export interface Written {
  readonly as: 'name' | 'mark' | 'group' | 'instrument';
  readonly id: string;
  readonly box: readonly [number, number, number, number];
}

export class Writing {
  readonly marks: MarkBoard;
  readonly groups = new GroupPlaces();
  private readonly parts: WritingParts;
  private readonly placing: Placing;
  private instruments: readonly Box[] = [];
  private measuredS = -Infinity;

  constructor(parts: WritingParts) {
    this.parts = parts;
    const { widget, state, projector, naming, basemap } = parts;
    const { labels } = naming;
    const counties = basemap.counties.map(({ code, polygons }) => ({
      code,
      at: middleOf(polygons[0]?.[0] ?? []),
    }));
    const onFont = (): void => {
      this.marks.touch();
      this.touch();
      widget.scene.requestRender();
    };
    this.marks = new MarkBoard({ widget, state, projector, counties, onFont });
    const { outline } = basemap;
    const signs = (hard: ScreenGrid, soft: ScreenGrid | null): void => this.addSigns(hard, soft);
    const view = new LabelView({ widget, state, projector, labels, outline, signs });
    labels.board.view = view;
    this.marks.primitive.places.view = view;
    this.groups.view = view;
    this.placing = new Placing({
      ...{ widget, state, view },
      parties: [this.marks.primitive.places, this.groups, labels.board],
      prepare: (moved) => this.prepare(moved),
      lay: () => this.lay(),
    });
  }

  /** Everything is settled anew though the camera stands still: there are other names. */
  renew(): void {
    this.placing.renew();
  }

  /** Rows, sums or signs changed. */
  touch(): void {
    this.placing.touch();
  }

  /** Over all layers: first the texts beside rows, then the names. */
  raise(): void {
    this.parts.widget.scene.primitives.raiseToTop(this.marks.primitive);
    this.parts.naming.raise();
  }

  /** What is to be read in this picture is there: no text waits for its face. */
  get settled(): boolean {
    return this.placing.settled && this.parts.naming.labels.board.wanted.length === 0;
  }

  /** Call every frame, after the projector was refreshed. */
  frame(): void {
    if (this.parts.naming.isReady) this.placing.frame();
  }

  /** What stands where now, for tests. */
  boxes(): Written[] {
    const as = (kind: Written['as'], list: readonly Omit<Written, 'as'>[]): Written[] =>
      list.map((one) => ({ as: kind, ...one }));
    return [
      ...as('name', this.parts.naming.labels.boxes()),
      ...as('mark', this.marks.boxes()),
      ...as('group', this.parts.layers().groupBoxes()),
      ...as(
        'instrument',
        this.instruments.map(({ left, top, right, bottom }, index) => ({
          id: String(index),
          box: [left, top, right, bottom] as const,
        })),
      ),
    ];
  }

  private prepare(moved: boolean): void {
    const { state, map, widget, naming } = this.parts;
    if (!(Math.abs(state.nowS - this.measuredS) < INSTRUMENTS_EVERY_S)) {
      this.measuredS = state.nowS;
      this.instruments = instrumentBoxes(map, widget.canvas);
    }
    this.marks.refresh(naming.unitPx(), moved);
    if (this.marks.primitive.places.takeArrivals()) {
      this.renew();
      widget.scene.requestRender();
    }
    // Texts of rows that came into view are collected a little later.
    if (this.marks.waiting) this.touch();
  }

  private lay(): void {
    this.parts.naming.labels.lay();
    this.marks.primitive.lay();
    this.parts.layers().layGroups();
  }

  private addSigns(hard: ScreenGrid, soft: ScreenGrid | null): void {
    const grids = { hard, soft };
    for (const box of this.instruments) hard.add(box);
    addSignBoxes(this.parts, grids);
    addSingles(this.parts, this.parts.layers().groupRecords(), grids);
    addChosen(this.parts, this.chosen(), hard);
  }

  /** What is selected and what was asked about. */
  private chosen(): { place: readonly [number, number, number]; radiusPx: number }[] {
    const { state, widget, lonLatOf } = this.parts;
    const perCss = state.viewport.width / Math.max(1, widget.canvas.clientWidth);
    const around = (at: readonly [number, number] | null | undefined, px: number) => {
      if (!at) return [];
      const [east, north] = state.frame.toEnu(at[0], at[1]);
      return [{ place: [east, north, state.heights.at(at[0], at[1])] as const, radiusPx: px * perCss }];
    };
    const { selection } = chosen;
    const selected = selection && lonLatOf(selection.layer, selection.key);
    return [...around(selected, CHOSEN_PX.selected), ...around(asked.value?.at, CHOSEN_PX.asked)];
  }
}
