// The ground: hypsometric tints, three soft lights, contours close to it, dimmed outside the city, one grid texture of rain.
// All positions are metres in the plane of the city, so that textures drawn there lie where they belong.
import { Material, Matrix4, type Scene } from 'cesium';
import type { Sun } from '../geo/sun.ts';
import type { StageState } from '../engine/stage-state.ts';
import { groundSource } from './ground.glsl.ts';

/** Brightness of the land outside the city; on very wide walls it is brighter, since there is more of it. */
const OUTSIDE = 0.4;
const OUTSIDE_WIDE = 0.62;
const WIDE_ASPECT = 3;
/** Haze begins and is full at these multiples of the camera's distance. */
const HAZE_FROM = 1.05;
const HAZE_TO = 1.95;

interface GroundUniforms {
  u_mask: HTMLCanvasElement | string;
  u_affected: HTMLCanvasElement | string;
  u_dim: number;
  u_rain: unknown;
  u_eyeToPlane: number[];
  u_planeBox: { x: number; y: number; z: number; w: number };
  u_rainBox: { x: number; y: number; z: number; w: number };
  u_exaggeration: number;
  u_contours: number;
  u_rainShown: number;
  u_opacity: number;
  u_haze: { x: number; y: number };
  u_outside: number;
  u_sun: { x: number; y: number; z: number; w: number };
}

export interface GroundBox {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
}

const boxVector = (box: GroundBox): { x: number; y: number; z: number; w: number } => ({
  x: box.west,
  y: box.south,
  z: box.width,
  w: box.height,
});

/** A lower sun would draw each slope black or white, and no name could be read on them: it lights from its side, but not lower. */
const LOWEST_SUN_DEG = 34;

export class Ground {
  readonly material: Material;
  private readonly uniforms: GroundUniforms;
  private readonly planeFromWorld: Matrix4;
  private readonly scratch = new Matrix4();

  constructor(state: StageState, mask: { canvas: HTMLCanvasElement; box: GroundBox }) {
    this.planeFromWorld = Matrix4.inverse(state.frameMatrix, new Matrix4());
    this.material = new Material({
      translucent: false,
      fabric: {
        uniforms: {
          u_mask: Material.DefaultImageId,
          u_affected: Material.DefaultImageId,
          u_dim: 0,
          u_rain: Material.DefaultImageId,
          u_eyeToPlane: Matrix4.toArray(Matrix4.IDENTITY),
          u_planeBox: boxVector(mask.box),
          u_rainBox: { x: 0, y: 0, z: 1, w: 1 },
          u_exaggeration: 1,
          u_contours: 0,
          u_rainShown: 0,
          u_opacity: 1,
          u_haze: { x: 1e9, y: 2e9 },
          u_outside: OUTSIDE,
          u_sun: { x: 0, y: 0, z: 1, w: 0 },
        },
        source: groundSource(state.theme),
      },
    });
    this.uniforms = this.material.uniforms as GroundUniforms;
    this.uniforms.u_mask = mask.canvas;
  }

  /** Shows a grid of premultiplied colours over `box`, north row first; null hides it. */
  setRain(canvas: HTMLCanvasElement | null, box: GroundBox | null): void {
    this.uniforms.u_rainShown = canvas && box ? 1 : 0;
    if (!canvas || !box) return;
    this.uniforms.u_rain = canvas;
    this.uniforms.u_rainBox = boxVector(box);
  }

  /** What stays as it is when the rest is dimmed; drawn in the plane of the city. */
  setAffected(canvas: HTMLCanvasElement): void {
    this.uniforms.u_affected = canvas;
  }

  /** Darkens the land outside what is affected by this share. */
  setDim(share: number): void {
    this.uniforms.u_dim = share;
  }

  /** Less than 1 lets imagery of others through. */
  setOpacity(opacity: number): void {
    this.uniforms.u_opacity = opacity;
  }

  /** Call before every frame. */
  frame(scene: Scene, state: StageState): void {
    const toPlane = Matrix4.multiply(this.planeFromWorld, scene.camera.inverseViewMatrix, this.scratch);
    Matrix4.toArray(toPlane, this.uniforms.u_eyeToPlane);
    this.uniforms.u_exaggeration = state.exaggeration;
    this.uniforms.u_contours = 1 - smooth(30_000, 42_000, state.heightM);
    const { width, height } = state.viewport;
    this.uniforms.u_outside = width > height * WIDE_ASPECT ? OUTSIDE_WIDE : OUTSIDE;
    const distance = state.heightM / Math.max(0.3, Math.sin(-scene.camera.pitch));
    this.uniforms.u_haze.x = distance * HAZE_FROM;
    this.uniforms.u_haze.y = distance * HAZE_TO;
  }

  /** Lights the land by the sun; null by the three lights of the survey. Only the light theme knows the sun. */
  setSun(sun: Sun | null): void {
    const { u_sun } = this.uniforms;
    const altitude = (Math.max(sun?.altitudeDeg ?? -90, LOWEST_SUN_DEG) * Math.PI) / 180;
    const azimuth = ((sun?.azimuthDeg ?? 0) * Math.PI) / 180;
    u_sun.x = Math.sin(azimuth) * Math.cos(altitude);
    u_sun.y = Math.cos(azimuth) * Math.cos(altitude);
    u_sun.z = Math.sin(altitude);
    u_sun.w = smooth(0, 6, sun?.altitudeDeg ?? -90);
  }
}

const smooth = (from: number, to: number, value: number): number => {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
};
