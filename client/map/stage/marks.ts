// Marks of one user over the map: what is selected, what the pointer is on, the place asked about, what is measured.
// One canvas over the globe, drawn after each frame; nothing is drawn, and nothing allocated, while there is nothing to show.
import type { LonLat } from '../../../contracts/column.ts';
import type { Cluster } from '../../../contracts/records/cluster.ts';
import { lengthM } from '../../geodesy.ts';
import { formatLength } from '../../i18n/lengths.ts';
import { formatClock, formatDuration } from '../../i18n/numbers.ts';
import { openedCluster } from '../../stores/clusters.ts';
import { clockDifferences, differingLayers } from '../../stores/differences.ts';
import { city } from '../../stores/ground.ts';
import { mirrors } from '../../stores/layers.ts';
import { isMeasuring, measure } from '../../stores/measure.ts';
import { placePick } from '../../stores/place-pick.ts';
import { pathsOf, shapeOf } from '../../stores/row-place.ts';
import { session } from '../../stores/session.ts';
import { isPast, readCityNow } from '../../stores/time.ts';
import { placeAt, track, type Track } from '../../stores/track.ts';
import { asked, view, visible, type Selection } from '../../stores/view.ts';
import { lonLatOf } from './follow.ts';
import { MarkPencil } from './mark-pencil.ts';
import type { Stage } from './stage.ts';

/** Rings around objects, CSS pixels. */
const RING_PX = { selected: 15, hovered: 12, corrected: 18, signal: 10 };
/** A stop of a track is written beside when it lasted at least this long, milliseconds. */
const LONG_STOP_MS = 10 * 60_000;
/** Above so many marks no one reads them. */
const MOST_CORRECTED = 60;
/** Of a storm of alerts so many show where it is. */
const MOST_SIGNALS = 60;

export class Marks {
  readonly canvas: HTMLCanvasElement;
  private readonly pencil: MarkPencil;
  private blank = true;
  private outlineOf: Selection | null = null;
  private outlineVersion = -1;
  private outline: readonly (readonly LonLat[])[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.pencil = new MarkPencil(canvas);
  }

  draw(stage: Stage): void {
    const nothing =
      !view.selection &&
      !view.hover &&
      !asked.value &&
      measure.kind === null &&
      !placePick.asking &&
      !placePick.at &&
      !this.hasCorrected() &&
      !openedCluster.value &&
      !track.value;
    if (nothing && this.blank) return;
    this.pencil.begin(stage);
    this.blank = nothing;
    if (nothing) return;
    if (this.hasCorrected()) this.drawCorrected(stage);
    if (track.value) this.drawStops(track.value);
    if (openedCluster.value) this.drawSignals(openedCluster.value);
    if (view.selection) this.drawSelection(stage, view.selection);
    if (view.hover && view.hover.key !== view.selection?.key) this.drawHover(stage, view.hover);
    if (asked.value) this.pencil.pin(asked.value.at);
    if (placePick.at) this.pencil.pin(placePick.at);
    if (placePick.asking) this.pencil.cross(stage);
    if (measure.kind !== null) this.drawMeasure(stage);
  }

  private drawSelection(stage: Stage, selection: Selection): void {
    for (const path of this.outlineFor(selection)) this.pencil.path(path, { width: 2.5, dashed: false });
    const at = lonLatOf(stage, selection.layer, selection.key);
    if (at) this.pencil.ring(at, RING_PX.selected, 2.5);
  }

  /** The places of a track it stood at, how long, and where on it the cursor is. */
  private drawStops({ points, stops }: Track): void {
    for (const { from, to, place } of stops) {
      this.pencil.dot(place);
      if (to - from < LONG_STOP_MS) continue;
      const zone = city.value?.timeZone ?? 'Asia/Shanghai';
      const span = `${formatClock(from, zone, false)}–${formatClock(to, zone, false)}`;
      this.pencil.label(place, `${span} ${formatDuration((to - from) / 1000, session.locale)}`);
    }
    const at = placeAt(points, readCityNow());
    if (at) this.pencil.ring(at, 7, 3);
  }

  /** The signals of the chosen cluster, each with a line to the place they are taken to speak of. */
  private drawSignals({ position, signals }: Cluster): void {
    const placed = signals.flatMap((signal) => (signal.position ? [signal.position] : []));
    for (const at of placed.slice(0, MOST_SIGNALS)) {
      if (position) this.pencil.path([position, at], { width: 1.2, dashed: false });
      this.pencil.ring(at, RING_PX.signal, 1.5);
    }
  }

  private hasCorrected(): boolean {
    return isPast.value && (clockDifferences.value?.layers.length ?? 0) > 0;
  }

  /** What differs between what was known and what was true. */
  private drawCorrected(stage: Stage): void {
    let left = MOST_CORRECTED;
    for (const [layer, rows] of differingLayers()) {
      if (visible.get(layer) !== true) continue;
      for (const key of rows.keys()) {
        const at = lonLatOf(stage, layer, key);
        if (!at) continue;
        this.pencil.brokenRing(at, RING_PX.corrected);
        if (--left === 0) return;
      }
    }
  }

  private drawHover(stage: Stage, hover: Selection): void {
    const at = lonLatOf(stage, hover.layer, hover.key);
    if (at) this.pencil.ring(at, RING_PX.hovered, 1.5);
  }

  /** Lines of the selected row's shape, read again only when the layer changed. */
  private outlineFor(selection: Selection): readonly (readonly LonLat[])[] {
    const mirror = mirrors.get(selection.layer);
    const version = mirror?.version.value ?? -1;
    const same = this.outlineOf?.key === selection.key && this.outlineOf.layer === selection.layer;
    if (same && version === this.outlineVersion) return this.outline;
    const slot = mirror?.table?.slotOf(selection.key) ?? -1;
    this.outline = mirror?.table && slot >= 0 ? pathsOf(shapeOf(mirror.table, slot)) : [];
    this.outlineOf = selection;
    this.outlineVersion = version;
    return this.outline;
  }

  private drawMeasure(stage: Stage): void {
    const { points, pointer, kind } = measure;
    const { pencil } = this;
    const open = isMeasuring();
    const next = open && pointer && !measure.aiming ? pointer : null;
    const all = next ? [...points, next] : points;
    if (kind === 'area' && all.length > 2) pencil.fill(all);
    pencil.path(kind === 'area' && all.length > 2 ? [...all, all[0] as LonLat] : all, {
      width: 2,
      dashed: open,
    });
    points.forEach((at) => pencil.dot(at));
    const last = all.at(-1);
    if (kind !== 'area' && last && all.length > 1)
      pencil.label(last, formatLength(lengthM(all), session.locale));
    if (measure.probeM !== null) this.drawProbe(points, measure.probeM);
    if (open && measure.aiming) pencil.cross(stage);
  }

  private drawProbe(points: readonly LonLat[], alongM: number): void {
    let passed = 0;
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as LonLat, points[i] as LonLat];
      const span = lengthM([a, b]);
      if (alongM <= passed + span || i === points.length - 1) {
        const part = span === 0 ? 0 : Math.min(1, (alongM - passed) / span);
        this.pencil.ring([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part], 7, 3);
        return;
      }
      passed += span;
    }
  }
}
