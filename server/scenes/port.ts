// What other areas see of scenes: types only.
import type { SceneList } from '../../contracts/records/scene.ts';

export interface Scenes {
  list(): SceneList;
  /** Calls `listen` after every change of the list; returns what stops it. */
  follow(listen: (list: SceneList) => void): () => void;
}
