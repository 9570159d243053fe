// What the scale bar, the compass and the note of the legend show of the camera; written once a frame, when it changed.
import { reactive } from 'vue';
import type { Stage } from './stage.ts';

export const instruments = reactive({
  /** Where the top of the picture points, whole degrees from north, clockwise. */
  headingDeg: 0,
  /** Metres a CSS pixel covers in the middle of the picture. */
  metresPerPixel: 100,
  /** Times the relief is raised, one decimal. */
  raised: 1.7,
});

/** Call after every frame. */
export function readInstruments({ state, widget }: Stage): void {
  const heading = Math.round((widget.camera.heading * 180) / Math.PI) % 360;
  const perCss = state.viewport.width / Math.max(1, widget.canvas.clientWidth);
  noteScale(state.metresPerPixel * perCss, heading);
  const raised = Math.round(state.exaggeration * 10) / 10;
  if (instruments.raised !== raised) instruments.raised = raised;
}

/** @param metresPerPixel of a CSS pixel @param headingDeg whole degrees */
export function noteScale(metresPerPixel: number, headingDeg: number): void {
  // Two digits are what a bar can show: it stands still while the ground under a moving camera rises and falls.
  const metres = Number(metresPerPixel.toPrecision(2));
  if (instruments.headingDeg !== headingDeg) instruments.headingDeg = headingDeg;
  if (instruments.metresPerPixel !== metres) instruments.metresPerPixel = metres;
}

/** Length of a scale bar: the longest round distance, metres, of at most `mostPx`. */
export function scaleOf(metresPerPixel: number, mostPx: number): { metres: number; px: number } {
  const most = metresPerPixel * mostPx;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1;
  return { metres: step * power, px: (step * power) / metresPerPixel };
}
