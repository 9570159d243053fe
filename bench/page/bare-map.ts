// Page side: a bare globe of 64 × 64 pixels with the plane of a city on it, and the GPU drained between frames.
import { Cartesian3, HeadingPitchRange, Matrix4, Transforms } from 'cesium';
import type { StageState } from '../../client/map/engine/stage-state.ts';
import { night } from '../../client/map/engine/theme.ts';
import { LocalFrame } from '../../client/map/geo/enu.ts';
import { HeightField } from '../../client/map/geo/height-field.ts';
import { createWidget } from '../../client/map/stage/widget.ts';

export const ORIGIN = [105.7, 32.2] as const;

export interface BareMap {
  readonly widget: ReturnType<typeof createWidget>;
  readonly state: StageState;
  draw(): void;
  /** Looks at the middle of the city from another side. */
  look(headingRad: number, rangeM: number): void;
}

export function bareMap(): BareMap {
  const container = document.createElement('div');
  container.style.cssText = 'width:64px;height:64px';
  document.body.append(container);
  const widget = createWidget({
    container,
    theme: night,
    onRequest: true,
    resolutionScale: 1,
    reliefError: 4,
  });
  widget.useDefaultRenderLoop = false;
  widget.resize();
  const centre = Cartesian3.fromDegrees(...ORIGIN);
  const state: StageState = {
    frame: new LocalFrame(ORIGIN),
    frameMatrix: Transforms.eastNorthUpToFixedFrame(centre),
    heights: new HeightField(null),
    theme: night,
    exaggeration: 1,
    flat: false,
    heightM: 300_000,
    metresPerPixel: 1000,
    pixelScale: 1,
    nowS: 0,
    legS: 0,
    citySeconds: 0,
    viewport: { width: 64, height: 64 },
  };
  const look = (headingRad: number, rangeM: number): void => {
    widget.camera.lookAt(centre, new HeadingPitchRange(headingRad, -1, rangeM));
    widget.camera.lookAtTransform(Matrix4.IDENTITY);
  };
  look(0, 300_000);
  return {
    widget,
    state,
    look,
    draw: () => {
      widget.scene.requestRender();
      widget.render();
    },
  };
}

/** Waits until the GPU has drawn everything asked of it. */
export function drain(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('webgl2');
  context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
