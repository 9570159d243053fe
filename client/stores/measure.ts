// Measuring on the map: what is measured, its points, and the way back. The map draws it, the panel says what it comes to.
import { reactive } from 'vue';
import type { LonLat } from '../../contracts/column.ts';

export const measureKinds = ['distance', 'area', 'height', 'profile'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** Points that make the least that can be measured, and the most that are taken. */
const LIMITS: Readonly<Record<MeasureKind, { least: number; most: number }>> = {
  distance: { least: 2, most: 500 },
  area: { least: 3, most: 500 },
  height: { least: 2, most: 2 },
  profile: { least: 2, most: 100 },
};

interface Measure {
  /** null: nothing is measured and clicks pick objects. */
  kind: MeasureKind | null;
  points: readonly LonLat[];
  /** Where the pointer is: the next point if it is clicked. */
  pointer: LonLat | null;
  /** No more points are taken. */
  done: boolean;
  /** Where along the line the profile is looked at, metres; null: nowhere. */
  probeM: number | null;
  /** The points were last set from the keyboard: the middle of the map is where the next one falls. */
  aiming: boolean;
  /** Raised to set a point in the middle of the map. */
  aimRequest: number;
}

export const measure = reactive<Measure>({
  kind: null,
  points: [],
  pointer: null,
  done: false,
  probeM: null,
  aiming: false,
  aimRequest: 0,
});

export const isMeasuring = (): boolean => measure.kind !== null && !measure.done;

export function startMeasure(kind: MeasureKind, from: LonLat | null = null): void {
  Object.assign(measure, {
    kind,
    points: from ? [from] : [],
    pointer: null,
    done: false,
    probeM: null,
    aiming: false,
  });
}

export function addPoint(at: LonLat): void {
  const { kind, points } = measure;
  if (!kind || measure.done) return;
  const last = points.at(-1);
  if (last && last[0] === at[0] && last[1] === at[1]) return;
  measure.points = [...points, at];
  if (measure.points.length >= LIMITS[kind].most) measure.done = true;
}

/** Takes the last point back; a finished measure is open again. */
export function undoPoint(): void {
  measure.done = false;
  measure.probeM = null;
  measure.points = measure.points.slice(0, -1);
}

/** Ends the line where it is; too few points end nothing. */
export function finishMeasure(): void {
  const { kind, points } = measure;
  if (kind && points.length >= LIMITS[kind].least) Object.assign(measure, { done: true, pointer: null });
}

export function stopMeasure(): void {
  Object.assign(measure, {
    kind: null,
    points: [],
    pointer: null,
    done: false,
    probeM: null,
    aiming: false,
  });
}

export const canFinish = (): boolean =>
  measure.kind !== null && measure.points.length >= LIMITS[measure.kind].least;
