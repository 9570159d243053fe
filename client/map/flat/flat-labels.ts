// The labels of the land on the light map: the globe's own sprites, placed by rank, none over another.
import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import { declutter, type Box } from '../labels/declutter.ts';
import { drawLabels } from '../labels/label-atlas.ts';
import type { Label } from '../labels/label.ts';
import { mostLabels } from '../stage/city-labels.ts';
import { asAtlas, type FlatPart, type FlatView } from './flat-view.ts';

interface Placed {
  readonly label: Label;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const GAP_PX = 3;

export class FlatLabels implements FlatPart {
  /** Ids of what is shown, for tests. */
  shown: ReadonlySet<string> = new Set();
  private placed: readonly Placed[] = [];
  private atlas: HTMLCanvasElement | null = null;
  private mapping: Record<string, { x: number; y: number; width: number; height: number; anchorX: number }> =
    {};
  private settledFor = '';
  private visible: readonly Placed[] = [];

  /** @param unitPx CSS pixels of one u @param density canvas pixels of a CSS pixel */
  set(
    labels: readonly Label[],
    { unitPx, density, theme }: { unitPx: number; density: number; theme: FlatView['theme'] },
  ): void {
    const { canvas, sprites } = drawLabels(labels, unitPx * density, theme);
    this.atlas = canvas;
    this.mapping = {};
    const placed: Placed[] = [];
    for (const label of labels) {
      const sprite = sprites.get(label.id);
      if (!sprite) continue;
      const anchorX = label.anchor === 'centre' ? sprite.width / 2 : 0;
      this.mapping[label.id] = { ...sprite, anchorX };
      placed.push({ label, width: sprite.width / density, height: sprite.height / density });
    }
    this.placed = placed;
    this.settledFor = '';
  }

  layers(view: FlatView): Layer[] {
    if (!this.atlas) return [];
    this.settle(view);
    return [
      new IconLayer<Placed>({
        id: 'labels',
        data: this.visible,
        iconAtlas: asAtlas(this.atlas),
        iconMapping: this.mapping,
        sizeUnits: 'pixels',
        getIcon: ({ label }) => label.id,
        getPosition: ({ label }) => [label.lon, label.lat],
        getSize: ({ height }) => height,
        getColor: [0, 0, 0, 255],
      }),
    ];
  }

  private settle({ viewport, heightM }: FlatView): void {
    const at = [viewport.longitude, viewport.latitude, viewport.zoom, viewport.width, viewport.height].map(
      (value) => value.toFixed(4),
    );
    const key = at.join();
    if (key === this.settledFor) return;
    this.settledFor = key;
    const boxes: Box[] = [];
    for (const { label, width, height } of this.placed) {
      if (heightM > label.belowM) continue;
      const [x = 0, y = 0] = viewport.project([label.lon, label.lat]);
      const left = label.anchor === 'centre' ? x - width / 2 : x;
      if (left < 0 || y < height / 2 || left + width > viewport.width || y + height / 2 > viewport.height)
        continue;
      const box = { left: left - GAP_PX, top: y - height / 2, width: width + GAP_PX * 2, height };
      boxes.push({ id: label.id, rank: label.rank, ...box });
    }
    this.shown = declutter(boxes, mostLabels(heightM));
    this.visible = this.placed.filter(({ label }) => this.shown.has(label.id));
  }
}
