// The close-up of a dam in its own canvas: built once, drawn only when something changed, gone with destroy().
import {
  AmbientLight,
  BoxGeometry,
  Color,
  DirectionalLight,
  DoubleSide,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
  type BufferGeometry,
} from 'three';
import type { Theme } from '../../engine/theme.ts';
import { chute, damBody, halfWidthAt, pool, valley, type DamSize } from './dam-shape.ts';
import type { Gate } from './dam-state.ts';
import { Orbit } from './orbit.ts';

// Gates stand near the crest; sizes are shares of the dam's height (示意).
const GATE_HEIGHT = 0.15;
const SILL_BELOW_CREST = 0.2;
const WIDEST_GATE_M = 18;
const FIELD_OF_VIEW_DEG = 34;

export interface DamSceneOptions {
  readonly canvas: HTMLCanvasElement;
  readonly size: DamSize;
  readonly theme: Theme;
  /** Called after every drawing: labels follow. */
  onDrawn(): void;
}

export class DamScene {
  readonly orbit: Orbit;
  private readonly options: DamSceneOptions;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG, 1, 1, 20_000);
  private readonly materials: Record<
    'concrete' | 'rock' | 'water' | 'steel' | 'dark' | 'foam',
    MeshLambertMaterial
  >;
  private water: Mesh | null = null;
  private gates: Mesh[] = [];
  private frame = 0;

  /** @throws Error where the browser gives no WebGL context */
  constructor(options: DamSceneOptions) {
    this.options = options;
    const { canvas, size, theme } = options;
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    const isNight = theme.name === 'night';
    const paint = (colour: string, opacity = 1): MeshLambertMaterial =>
      new MeshLambertMaterial({
        color: new Color(colour),
        side: DoubleSide,
        transparent: opacity < 1,
        opacity,
      });
    this.materials = {
      concrete: paint(isNight ? '#8d9a97' : '#c3c8c4'),
      rock: paint(isNight ? '#1d3330' : '#9fb0a3'),
      water: paint(theme.water.branch, 0.72),
      steel: paint(isNight ? '#c9d4d1' : '#5d6c69'),
      dark: paint('#0a1012'),
      foam: paint(isNight ? '#b8d5da' : '#ffffff', 0.85),
    };
    const sun = new DirectionalLight('#ffffff', isNight ? 2.1 : 2.6);
    sun.position.set(-0.7, 1.1, -0.55);
    this.scene.add(new AmbientLight('#ffffff', isNight ? 0.75 : 1.3), sun);
    this.add(damBody(size), this.materials.concrete);
    this.add(valley(size), this.materials.rock);
    this.orbit = new Orbit({
      target: [0, size.heightM * 0.55, 0],
      distance: Math.max(size.lengthM * 1.25, size.heightM * 4.5),
      onChange: () => this.request(),
    });
  }

  /** `y`: water level above the foundation, metres; null: not known, no water is drawn. */
  setLevel(y: number | null): void {
    if (this.water) this.remove(this.water);
    this.water = null;
    if (y !== null && y > 0) this.water = this.add(pool(this.options.size, y), this.materials.water);
    this.request();
  }

  setGates(gates: readonly Gate[]): void {
    for (const mesh of this.gates) this.remove(mesh);
    this.gates = [];
    gates.forEach((gate, i) => this.addGate(gate, this.placeOfGate(i, gates.length)));
    this.request();
  }

  /** The middle of a gate's top, for its label. */
  gateTop(i: number, count: number): readonly [number, number, number] {
    const { x } = this.placeOfGate(i, count);
    return [x, this.options.size.heightM * 1.02, 0];
  }

  /** The right end of a mark at a height above the foundation. */
  markEnd(y: number): readonly [number, number, number] {
    return [-halfWidthAt(this.options.size, y), y, -1];
  }

  /** Canvas pixels (CSS) of a place in the scene. */
  project(place: readonly [number, number, number]): { left: number; top: number } {
    const at = new Vector3(...place).project(this.camera);
    const { clientWidth, clientHeight } = this.options.canvas;
    return { left: ((at.x + 1) / 2) * clientWidth, top: ((1 - at.y) / 2) * clientHeight };
  }

  resize(width: number, height: number, ratio: number): void {
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.request();
  }

  request(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    for (const child of [...this.scene.children]) if (child instanceof Mesh) this.remove(child as Mesh);
    for (const material of Object.values(this.materials)) material.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  private draw(): void {
    this.frame = 0;
    this.orbit.place(this.camera);
    this.renderer.render(this.scene, this.camera);
    this.options.onDrawn();
  }

  private placeOfGate(i: number, count: number): { x: number; width: number; height: number; sill: number } {
    const { heightM, lengthM } = this.options.size;
    const width = Math.min(WIDEST_GATE_M, (lengthM * 0.3) / Math.max(1, count));
    // The first gate stands at the left bank, which is on the right of who looks downstream.
    const x = -(i - (count - 1) / 2) * width * 1.35;
    return { x, width, height: GATE_HEIGHT * heightM, sill: heightM * (1 - SILL_BELOW_CREST) };
  }

  private addGate(gate: Gate, at: { x: number; width: number; height: number; sill: number }): void {
    const box = (
      size: [number, number, number],
      place: [number, number, number],
      material: MeshLambertMaterial,
    ): void => {
      const mesh = this.add(new BoxGeometry(...size), material);
      mesh.position.set(...place);
      this.gates.push(mesh);
    };
    const { x, width, height, sill } = at;
    const open = Math.min(height, Math.max(0, gate.openM ?? 0));
    box([width, height, 1.2], [x, sill + height / 2, -0.5], this.materials.dark);
    box([width * 0.94, height, 1], [x, sill + height / 2 + open, -1.6], this.materials.steel);
    for (const side of [-1, 1])
      box(
        [width * 0.12, height * 1.35, 5],
        [x + side * width * 0.58, sill + height * 0.6, -2],
        this.materials.concrete,
      );
    if (open > 0)
      this.gates.push(
        this.add(chute(this.options.size, { x, width: width * 0.9, sill }), this.materials.foam),
      );
  }

  private add(geometry: BufferGeometry, material: MeshLambertMaterial): Mesh {
    const mesh = new Mesh(geometry, material);
    this.scene.add(mesh);
    return mesh;
  }

  private remove(mesh: Mesh): void {
    this.scene.remove(mesh);
    mesh.geometry.dispose();
  }
}
