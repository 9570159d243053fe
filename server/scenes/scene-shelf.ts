// The scenes of a folder, read again when a file changes. A file that does not fit leaves its last good state in place
// and says so; the others go on.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Scene, SceneList, SceneProblem } from '../../contracts/records/scene.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { WrittenFileError } from '../kit/written-file.ts';
import type { Scenes } from './port.ts';
import type { SceneWords } from './read-scene.ts';
import { readScene } from './read-scene.ts';

/** An edit is on the wall within a second; a look costs one stat a scene. */
const LOOK_MS = 1000;
const FILE = 'scene.yaml';

interface Held {
  /** Changes with the file. */
  readonly stamp: string;
  /** The last good state; null: there never was one. */
  readonly scene: Scene | null;
  readonly problem: SceneProblem | null;
}

export interface SceneShelfOptions {
  readonly folder: string;
  readonly words: SceneWords;
  readonly clock: Clock;
  readonly log: Logger;
}

export class SceneShelf implements Scenes {
  readonly #options: SceneShelfOptions;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<(list: SceneList) => void>();
  #list: SceneList = { revision: 0, scenes: [], problems: [] };
  #timer: Timer | null = null;

  constructor(options: SceneShelfOptions) {
    this.#options = options;
  }

  start(): void {
    this.look();
    this.#timer = this.#options.clock.every(LOOK_MS, () => this.look());
  }

  stop(): void {
    this.#timer?.stop();
    this.#timer = null;
  }

  list(): SceneList {
    return this.#list;
  }

  follow(listen: (list: SceneList) => void): () => void {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  /** Reads what changed since the last look and tells the followers. */
  look(): void {
    const slugs = this.#slugs();
    let changed = false;
    for (const slug of [...this.#held.keys()].filter((held) => !slugs.includes(held))) {
      this.#held.delete(slug);
      changed = true;
    }
    for (const slug of slugs) changed = this.#take(slug) || changed;
    if (!changed) return;
    this.#list = this.#listed();
    for (const listen of this.#listeners) listen(this.#list);
  }

  #slugs(): string[] {
    const { folder } = this.#options;
    if (!existsSync(folder)) return [];
    return readdirSync(folder).filter((name) => existsSync(path.join(folder, name, FILE)));
  }

  /** → whether the file differs from when it was read last. */
  #take(slug: string): boolean {
    const { folder, words, log } = this.#options;
    const file = path.join(folder, slug, FILE);
    const before = this.#held.get(slug);
    try {
      const { mtimeMs, size } = statSync(file);
      const stamp = `${mtimeMs} ${size}`;
      if (before?.stamp === stamp) return false;
      this.#held.set(slug, this.#read(slug, { stamp, text: readFileSync(file, 'utf8'), words, before }));
    } catch (error) {
      // Gone between two looks, or being replaced: the next look sees what is there then.
      log.warn('scene.unreadable', { scene: slug, error: String(error) });
      return false;
    }
    const { problem } = this.#held.get(slug) ?? {};
    if (problem) log.warn('scene.refused', { where: problem.where, error: problem.message });
    else if (before?.problem) log.info('scene.good-again', { scene: slug });
    return true;
  }

  #read(
    slug: string,
    {
      stamp,
      text,
      words,
      before,
    }: { stamp: string; text: string; words: SceneWords; before?: Held | undefined },
  ): Held {
    try {
      return { stamp, scene: { slug, ...readScene(text, `scenes/${slug}/${FILE}`, words) }, problem: null };
    } catch (error) {
      if (!(error instanceof WrittenFileError)) throw error;
      const scene = before?.scene ?? null;
      const { where, message } = error;
      return { stamp, scene, problem: { slug, where, message, keptLast: scene !== null } };
    }
  }

  #listed(): SceneList {
    const held = [...this.#held.values()];
    return {
      revision: this.#list.revision + 1,
      scenes: held
        .flatMap(({ scene }) => scene ?? [])
        .sort((a, b) => a.key - b.key || (a.slug < b.slug ? -1 : 1)),
      problems: held.flatMap(({ problem }) => problem ?? []),
    };
  }
}
