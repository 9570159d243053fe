// The stored, reversible table from (system, layer, source id) to entity id: an append-only file of JSON lines.
// Ids are computed, so a lost file loses no identity; it is what makes them reversible and what keeps merges.
// Memory holds all merges and the latest REMEMBERED computed ones; older ones are found by reading the file.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';
import { ENTITY_ID, entityId } from './entity-id.ts';

const lineSchema = z.tuple([z.string(), z.string(), z.string(), z.string().regex(ENTITY_ID)]);

/** Computed names kept in memory, about 250 B each; posts and calls never stop coming. */
const REMEMBERED = 100_000;

export interface SourceName {
  readonly system: string;
  readonly layer: string;
  readonly sourceId: string;
}

export class AliasTable {
  readonly #file: string;
  #fd = -1;
  /** Whole lines in the file. */
  #bytes = 0;
  readonly #entities = new Map<string, string>();
  readonly #sources = new Map<string, SourceName[]>();
  #merges = 0;
  #pending: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  get size(): number {
    return this.#entities.size;
  }

  /** Reads the file, drops a torn last line and opens it for appending. @throws Error naming file and line */
  open(): void {
    if (existsSync(this.#file)) this.#load(readFileSync(this.#file));
    this.#fd = openSync(this.#file, 'a');
    this.#bytes = fstatSync(this.#fd).size;
  }

  /** The entity of a source id; a new one is remembered. @throws Error on a 64-bit collision with another source id */
  resolve(system: string, layer: string, sourceId: string): string {
    const name = `${system}\0${layer}\0${sourceId}`;
    const known = this.#entities.get(name);
    if (known !== undefined) return known;
    const id = entityId(system, layer, sourceId);
    const others = this.#sources.get(id);
    if (others?.some((other) => entityId(other.system, other.layer, other.sourceId) === id)) {
      const other = others[0];
      throw new Error(
        `entity ${id}: ${system}/${layer}/${sourceId} and ${other?.system}/${other?.layer}/${other?.sourceId} collide: merge or rename one`,
      );
    }
    this.#remember({ system, layer, sourceId }, id);
    return id;
  }

  /** Whether a source id is a name of `entity` already. */
  isNameOf({ system, layer, sourceId }: SourceName, entity: string): boolean {
    return (
      (this.#entities.get(`${system}\0${layer}\0${sourceId}`) ?? entityId(system, layer, sourceId)) === entity
    );
  }

  /** Says that a source id is one more name of `entity`. Written through at once: it is a decision of people. */
  merge(source: SourceName, entity: string): void {
    this.#remember(source, entity);
    this.flush();
    fdatasyncSync(this.#fd);
  }

  /** The remembered source ids of an entity, oldest first. */
  sourcesOf(entity: string): readonly SourceName[] {
    return this.#sources.get(entity) ?? [];
  }

  /** As sourcesOf, but reads the whole file: for an entity of long ago. */
  findSources(entity: string): readonly SourceName[] {
    this.flush();
    const found: SourceName[] = [];
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      if (!line.includes(entity)) continue;
      const [system, layer, sourceId, id] = lineSchema.parse(JSON.parse(line));
      const source = { system, layer, sourceId };
      if (id === entity && !found.some((other) => sameSource(other, source))) found.push(source);
    }
    return found;
  }

  /** Appends what is new, all of it or nothing; called some times a second. @throws Error of the disk; it is kept for the next */
  flush(): void {
    if (this.#pending.length === 0) return;
    const lines = Buffer.from(this.#pending.join(''));
    try {
      for (let at = 0; at < lines.length;) at += writeSync(this.#fd, lines, at);
    } catch (error) {
      // Half a line would stand in the way of the next.
      ftruncateSync(this.#fd, this.#bytes);
      throw error;
    }
    this.#bytes += lines.length;
    this.#pending = [];
  }

  close(): void {
    if (this.#fd < 0) return;
    this.flush();
    closeSync(this.#fd);
    this.#fd = -1;
  }

  #remember(source: SourceName, id: string): void {
    this.#index(source, id);
    this.#pending.push(`${JSON.stringify([source.system, source.layer, source.sourceId, id])}\n`);
  }

  #index(source: SourceName, id: string): void {
    const name = `${source.system}\0${source.layer}\0${source.sourceId}`;
    if (entityId(source.system, source.layer, source.sourceId) !== id) this.#merges += 1;
    const before = this.#entities.get(name);
    if (before !== undefined) {
      this.#sources.set(
        before,
        (this.#sources.get(before) ?? []).filter((other) => !sameSource(other, source)),
      );
    }
    this.#entities.set(name, id);
    if (this.#entities.size > REMEMBERED + this.#merges) this.#forgetOldest();
    const names = this.#sources.get(id);
    if (names) names.push(source);
    else this.#sources.set(id, [source]);
  }

  #forgetOldest(): void {
    for (const [name, id] of this.#entities) {
      const [system = '', layer = '', sourceId = ''] = name.split('\0');
      if (entityId(system, layer, sourceId) !== id) continue;
      this.#entities.delete(name);
      const left = this.sourcesOf(id).filter((other) => !sameSource(other, { system, layer, sourceId }));
      if (left.length > 0) this.#sources.set(id, [...left]);
      else this.#sources.delete(id);
      return;
    }
  }

  #load(bytes: Buffer): void {
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) truncateSync(this.#file, whole);
    const lines = bytes.toString('utf8', 0, whole).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      try {
        const [system, layer, sourceId, id] = lineSchema.parse(JSON.parse(line));
        this.#index({ system, layer, sourceId }, id);
      } catch {
        throw new Error(
          `${this.#file}: line ${index + 1} is damaged: restore the file from a copy, or remove the line`,
        );
      }
    }
  }
}

function sameSource(a: SourceName, b: SourceName): boolean {
  return a.system === b.system && a.layer === b.layer && a.sourceId === b.sourceId;
}
