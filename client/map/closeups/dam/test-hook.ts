// window.closeup under ?e2e: what browser tests may ask of the close-up that was opened last. Nothing of the product reads it.
import { settings } from '../../../settings.ts';
import type { DamScene } from './dam-scene.ts';

export interface Closeup {
  /** What the engine holds on the graphics card; after the end of the scene: what it left behind. */
  memory(): { geometries: number; textures: number };
  drawings(): number;
  loseContext(): void;
}

declare global {
  interface Window {
    closeup?: Closeup;
  }
}

export function exposeCloseup(scene: DamScene, canvas: HTMLCanvasElement): void {
  if (settings.e2e === null) return;
  window.closeup = {
    memory: () => scene.memory(),
    drawings: () => scene.drawings,
    loseContext: () => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}
