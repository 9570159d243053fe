// Where the shapes lie that rows refer to by the name of a tileset and an id in it.
import path from 'node:path';
import type { ServerConfig } from '../config.ts';

/** null: no tiles are served, so none are known. */
export function tilesetFolder({ tiles, city }: ServerConfig): string | null {
  return tiles === undefined ? null : path.resolve(tiles, city, 'vector');
}
