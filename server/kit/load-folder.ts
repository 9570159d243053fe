// Finds definitions by walking a folder at boot; a bad one stops the boot and names file and field.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Layer } from '../../contracts/layer.ts';
import type { FeedDefinition } from './feed.ts';

const title = z.object({ zh: z.string().min(1), en: z.string().min(1) });
const layerShape = z.object({
  slug: z.string(),
  title,
  kind: z.enum(['table', 'grid']),
  time: z.enum(['observed', 'forecast', 'timeless']),
  schema: z.number().int(),
  columns: z.record(z.string(), z.object({ type: z.string(), title })),
});
const aFunction = z.custom<(...args: never) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);
const feedShape = z.object({
  slug: z.string(),
  title,
  protocol: z.string().min(1),
  licence: z.string().min(1),
  cadenceS: z.number().positive().nullable(),
  keepAlive: z.boolean(),
  publicationDelayS: z.number().min(0),
  writes: z.array(layerShape).min(1),
  settings: z.custom<z.ZodType>((value) => value instanceof z.ZodType, 'must be a zod schema'),
  connect: aFunction,
  readSample: aFunction,
});

/** All layers of `folder` (`<slug>.ts`), by slug, in the order of their names. @throws Error naming file and field */
export async function loadLayers(folder: string): Promise<Map<string, Layer>> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .sort();
  const layers = new Map<string, Layer>();
  for (const name of names) {
    const file = path.join(folder, name);
    layers.set(
      path.basename(name, '.ts'),
      (await loadOne(file, layerShape, path.basename(name, '.ts'))) as Layer,
    );
  }
  return layers;
}

/** All feeds of `folder` (`<slug>/feed.ts`), by slug. A feed may write only `layers`. @throws Error naming file and field */
export async function loadFeeds(
  folder: string,
  layers: ReadonlyMap<string, Layer>,
): Promise<Map<string, FeedDefinition>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const slugs = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const feeds = new Map<string, FeedDefinition>();
  for (const slug of slugs) {
    const file = path.join(folder, slug, 'feed.ts');
    const feed = (await loadOne(file, feedShape, slug)) as FeedDefinition;
    for (const layer of feed.writes) {
      if (layers.get(layer.slug) !== layer)
        throw new Error(`${file}: writes: layer ${layer.slug} is not in contracts/layers`);
    }
    feeds.set(slug, feed);
  }
  return feeds;
}

/** The one export of the module that fits the shape. Values are returned as they are, not as parsed copies. */
async function loadOne(file: string, shape: z.ZodType, slug: string): Promise<unknown> {
  const module = (await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`${file}: cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  })) as Record<string, unknown>;
  const candidates = Object.values(module).filter(
    (value) => typeof value === 'object' && value !== null && 'slug' in value,
  );
  if (candidates.length !== 1)
    throw new Error(`${file}: exports ${candidates.length} definitions: export exactly one`);
  const found = candidates[0] as { slug: unknown };
  if (found.slug !== slug)
    throw new Error(`${file}: slug: "${String(found.slug)}" must be "${slug}", as its folder or file`);
  const result = shape.safeParse(found);
  if (result.success) return found;
  const issue = result.error.issues[0];
  throw new Error(`${file}: ${issue?.path.join('.') || 'definition'}: ${issue?.message ?? 'is malformed'}`);
}
