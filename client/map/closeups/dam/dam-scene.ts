// The close-up of a dam in its own canvas: built once, drawn only when something changed, gone with destroy().
import {
  DirectionalLight,
  EdgesGeometry,
  HemisphereLight,
  LineSegments,
  Mesh,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  Vector3,
  WebGLRenderer,
  type BufferGeometry,
  type Material,
} from 'three';
import type { Dam } from '../../../stores/dams.ts';
import type { Theme } from '../../engine/theme.ts';
import { allOf, damMaterials, pageColour, type DamMaterials, type DamUniforms } from './dam-materials.ts';
import { faceAt, jet, planOf, tailDepthM, type Bay, type DamPlan } from './dam-plan.ts';
import { damParts } from './dam-shape.ts';
import type { Gate } from './dam-state.ts';
import { addGate } from './gate-shape.ts';
import { Ground, groundGeometry, REACH, type Surroundings } from './ground-shape.ts';
import { markLines } from './mark-lines.ts';
import { Orbit } from './orbit.ts';
import { Solid } from './solid.ts';
import { foamGeometry, runGeometry } from './water-shape.ts';

const FIELD_OF_VIEW_DEG = 28;
/** Edges sharper than this are drawn, degrees. */
const EDGE_DEG = 28;
const SHADOW_PX = 2048;
/** Places further out than this share of the picture get no label. */
const SEEN = 0.93;
/** Below this the machines send out hardly a wave, m³/s. */
const WAKE_FROM_M3S = 20;

/** What the row says now; levels above the sea, null: not known. */
export interface DamMoment {
  readonly levelM: number | null;
  readonly outflowM3S: number | null;
  readonly gates: readonly Gate[];
  readonly markLevels: readonly number[];
  readonly normalM: number | null;
  /** The row is old: its water loses the colour. */
  readonly isOld: boolean;
}

export interface DamSceneOptions {
  readonly canvas: HTMLCanvasElement;
  readonly dam: Dam;
  readonly surroundings: Surroundings;
  readonly theme: Theme;
  /** Called after every drawing: labels follow. */
  onDrawn(): void;
}

type Place = readonly [x: number, y: number, z: number];

export class DamScene {
  readonly orbit: Orbit;
  plan: DamPlan;
  /** Pictures drawn so far. */
  drawings = 0;
  private readonly options: DamSceneOptions;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEG, 1, 20, 8000);
  private readonly materials: DamMaterials;
  private readonly uniforms: DamUniforms = {
    poolY: { value: -1 },
    normalY: { value: -1 },
    stale: { value: 0 },
  };
  private readonly ground: Ground;
  private readonly pool: Mesh;
  private readonly tail: Mesh;
  private readonly sun = new DirectionalLight('#ffffff', 1);
  /** What stands for good, and what changes with the row. */
  private works: (Mesh | LineSegments)[] = [];
  private moving: (Mesh | LineSegments)[] = [];
  private tailY = 0;
  private frame = 0;

  /** @throws Error where the browser gives no WebGL context */
  constructor(options: DamSceneOptions) {
    this.options = options;
    const { canvas, dam, theme } = options;
    this.renderer = new WebGLRenderer({ canvas, antialias: true });
    this.renderer.setClearColor(pageColour(theme));
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.autoUpdate = false;
    this.plan = planOf(dam, 0);
    this.materials = damMaterials(theme, this.uniforms, this.plan.foundationM);
    this.ground = new Ground(this.plan, options.surroundings);
    this.add(groundGeometry(this.ground), this.materials.ground).receiveShadow = true;
    this.pool = this.addSheet(-REACH.up, 0);
    this.tail = this.addSheet(0, REACH.down);
    this.pool.visible = false;
    this.light();
    this.build();
    const { heightM, lengthM } = this.plan;
    this.orbit = new Orbit({
      target: [0, heightM * 0.62, heightM * 0.2],
      fit: [lengthM * 1.12, heightM * 3],
      onChange: () => this.request(),
    });
  }

  show(moment: DamMoment): void {
    const { dam } = this.options;
    const count = moment.gates.length;
    if (count > 0 && count !== this.plan.bays.length) {
      this.plan = planOf(dam, count);
      this.build();
    }
    const above = (levelM: number | null): number => (levelM === null ? -1 : levelM - this.plan.foundationM);
    const levelY = above(moment.levelM);
    this.uniforms.poolY.value = levelY;
    this.uniforms.normalY.value = above(moment.normalM);
    this.uniforms.stale.value = moment.isOld ? 1 : 0;
    this.pool.visible = levelY > 0;
    this.pool.position.y = levelY;
    this.tailY = this.plan.bedY + tailDepthM(this.plan, moment.outflowM3S ?? 0);
    this.tail.visible = moment.outflowM3S !== null;
    this.tail.position.y = this.tailY;
    this.clear(this.moving);
    this.moving = [...this.gatesOf(moment, levelY), ...this.wakeOf(moment)];
    const lines = markLines(this.ground, moment.markLevels.map(above));
    this.moving.push(this.addLines(lines, this.materials.mark));
    this.renderer.shadowMap.needsUpdate = true;
    this.request();
  }

  /** CSS pixels. */
  get widthPx(): number {
    return this.options.canvas.clientWidth;
  }

  /** Metres above the foundation of a level above the sea. */
  above(levelM: number): number {
    return levelM - this.plan.foundationM;
  }

  /** Over the middle of a gate. */
  gateTop(i: number): Place {
    const bay = this.plan.bays[i] as Bay;
    return [bay.x, this.plan.heightM + 20, this.plan.gateHeight * 0.7];
  }

  /** Where a level meets the right bank on the upstream face. */
  markEnd(y: number): Place {
    return [-this.ground.halfAt(y), y, -2];
  }

  /** On the water above and below the dam, on the crest and over the halls. */
  spot(name: 'pool' | 'inflow' | 'tail' | 'crest' | 'plant'): Place {
    const {
      heightM: h,
      lengthM,
      powerhouse: [p0, p1],
    } = this.plan;
    switch (name) {
      case 'pool':
        // Beside the gates, whichever side they are seen from.
        return [lengthM * (this.orbit.isDownstream ? -0.3 : 0.2), this.pool.position.y, -150];
      case 'inflow':
        return [lengthM * 0.05, this.pool.position.y, -900];
      case 'tail':
        return [-this.plan.floorHalf * 0.1, this.tailY, faceAt(this.plan, 0) + h * 1.7];
      case 'crest':
        return [lengthM * 0.4, h + 2, 4];
      case 'plant':
        return [(p0 + p1) / 2, this.plan.bedY + 0.32 * h, faceAt(this.plan, this.plan.bedY + 0.2 * h) + 12];
    }
  }

  /** Canvas pixels (CSS) of a place; null at the rim and beyond, where a label would be cut. */
  project(place: Place): { left: number; top: number } | null {
    const at = new Vector3(...place).project(this.camera);
    const { clientWidth, clientHeight } = this.options.canvas;
    if (at.z > 1 || Math.abs(at.x) > SEEN || Math.abs(at.y) > SEEN) return null;
    return { left: ((at.x + 1) / 2) * clientWidth, top: ((1 - at.y) / 2) * clientHeight };
  }

  resize(width: number, height: number, ratio: number): void {
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    // A canvas that changes its size is blank: drawn at once it does not flicker.
    this.draw(performance.now());
  }

  request(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame((ms) => this.draw(ms));
  }

  /** What the engine holds on the graphics card. */
  memory(): { geometries: number; textures: number } {
    const { geometries, textures } = this.renderer.info.memory;
    return { geometries, textures };
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.clear(this.works);
    this.clear(this.moving);
    for (const child of [...this.scene.children]) if (child instanceof Mesh) this.clear([child as Mesh]);
    for (const material of allOf(this.materials)) material.dispose();
    this.sun.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  private draw(frameMs: number): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const goesOn = this.orbit.step(frameMs);
    this.orbit.place(this.camera);
    this.renderer.render(this.scene, this.camera);
    this.drawings++;
    this.options.onDrawn();
    if (goesOn) this.request();
  }

  private light(): void {
    const isNight = this.options.theme.name === 'night';
    const { sun } = this;
    const { lengthM, heightM } = this.plan;
    sun.intensity = isNight ? 2.4 : 2.5;
    sun.position.set(-0.55, 0.85, 0.42).multiplyScalar(1200);
    sun.castShadow = true;
    sun.shadow.mapSize.set(SHADOW_PX, SHADOW_PX);
    sun.shadow.bias = -0.002;
    sun.shadow.normalBias = 1.2;
    const reach = lengthM * 0.62;
    Object.assign(sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach });
    Object.assign(sun.shadow.camera, { near: 200, far: 1200 + 4 * heightM });
    sun.shadow.camera.updateProjectionMatrix();
    const sky = isNight
      ? new HemisphereLight('#cfe0e2', '#24343a', 1.15)
      : new HemisphereLight('#ffffff', '#b9b6a8', 1.3);
    this.scene.add(sun, sun.target, sky);
  }

  private build(): void {
    this.clear(this.works);
    const { concrete, plant, dark, steel } = damParts(this.plan, this.ground);
    const { materials } = this;
    const body = concrete.geometry();
    const halls = plant.geometry();
    const edges = [body, halls].map((geometry) => new EdgesGeometry(geometry, EDGE_DEG));
    this.works = [
      this.add(body, materials.concrete),
      this.add(halls, materials.plant),
      this.add(dark.geometry(), materials.dark),
      this.add(steel.geometry(), materials.steel),
      ...edges.map((geometry) => this.addLines(geometry, materials.edges)),
    ];
    for (const part of this.works) if (part instanceof Mesh) part.castShadow = part.receiveShadow = true;
  }

  private gatesOf(moment: DamMoment, levelY: number): Mesh[] {
    const steel = new Solid();
    const runs: Mesh[] = [];
    this.plan.bays.forEach((bay, i) => {
      const openM = Math.max(0, moment.gates[i]?.openM ?? 0);
      addGate(steel, { plan: this.plan, bay, openM });
      if (openM > 0 && levelY > this.plan.sillY) runs.push(...this.runOf(bay, openM, levelY));
    });
    const leaves = this.add(steel.geometry(), this.materials.steel);
    leaves.castShadow = leaves.receiveShadow = true;
    return [leaves, ...runs];
  }

  private runOf(bay: Bay, openM: number, levelY: number): Mesh[] {
    const { plan, tailY } = this;
    const end = jet(plan, { levelY, tailY }).at(-1) ?? [0, 0];
    const size = [bay.width * 0.9, bay.width * (1.1 + openM * 0.18)] as const;
    return [
      this.add(runGeometry(plan, { bay, openM, levelY, tailY }), this.materials.foam),
      this.add(foamGeometry([bay.x, end[0]], size, tailY + 0.4), this.materials.foam),
    ];
  }

  /** Rough water where the machines let go of theirs. */
  private wakeOf({ outflowM3S }: DamMoment): Mesh[] {
    if (outflowM3S === null || outflowM3S < WAKE_FROM_M3S) return [];
    const {
      powerhouse: [p0, p1],
      heightM,
      bedY,
    } = this.plan;
    const z = faceAt(this.plan, bedY + 0.13 * heightM) + 0.2 * heightM + 26;
    const along = 10 + Math.min(34, outflowM3S / 60);
    const size = [(p1 - p0) * 0.44, along] as const;
    return [this.add(foamGeometry([(p0 + p1) / 2, z], size, this.tailY + 0.3), this.materials.foam)];
  }

  private addSheet(from: number, to: number): Mesh {
    const sheet = new PlaneGeometry(2 * REACH.side, to - from);
    sheet.rotateX(-Math.PI / 2);
    sheet.translate(0, 0, (from + to) / 2);
    return this.add(sheet, this.materials.water);
  }

  private add(geometry: BufferGeometry, material: Material): Mesh {
    const mesh = new Mesh(geometry, material);
    this.scene.add(mesh);
    return mesh;
  }

  private addLines(geometry: BufferGeometry, material: Material): LineSegments {
    const lines = new LineSegments(geometry, material);
    this.scene.add(lines);
    return lines;
  }

  private clear(parts: readonly (Mesh | LineSegments)[]): void {
    for (const part of parts) {
      this.scene.remove(part);
      part.geometry.dispose();
    }
  }
}
