// Finds definitions by walking a folder at boot; a bad one stops the boot and names file and field.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Layer } from '../../contracts/layer.ts';
import type { DecisionDefinition } from './define-decision.ts';
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
const aSchema = z.custom<z.ZodType>((value) => value instanceof z.ZodType, 'must be a zod schema');
const decisionShape = z.object({
  slug: z.string(),
  title,
  question: title,
  kinds: z.array(z.string()),
  inputs: z.array(z.object({ layer: layerShape, title, needed: z.boolean() })).min(1),
  stations: z.array(z.string()),
  params: aSchema,
  facts: aSchema,
  writes: z.array(layerShape),
  method: title,
  validity: title,
  uncertainty: title,
  source: title,
  expectedS: z.number().positive(),
  limitS: z.number().positive(),
  assess: aFunction,
});
const feedShape = z.object({
  slug: z.string(),
  title,
  protocol: z.string().min(1),
  licence: z.string().min(1),
  cadenceS: z.number().positive().nullable(),
  keepAlive: z.boolean(),
  publicationDelayS: z.number().min(0),
  writes: z.array(layerShape).min(1),
  settings: aSchema,
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
  const feeds = new Map<string, FeedDefinition>();
  for (const slug of await foldersIn(folder)) {
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

/** A model, and the file a thread loads it from. */
export interface LoadedDecision {
  readonly file: string;
  readonly definition: DecisionDefinition;
}

/**
 * All decision models of `folder` (`<slug>/decision.ts`), by slug. They read and write only `layers`.
 * @throws Error naming file and field
 */
export async function loadDecisions(
  folder: string,
  layers: ReadonlyMap<string, Layer>,
): Promise<Map<string, LoadedDecision>> {
  const models = new Map<string, LoadedDecision>();
  for (const slug of await foldersIn(folder)) {
    const file = path.join(folder, slug, 'decision.ts');
    const definition = (await loadOne(file, decisionShape, slug)) as DecisionDefinition;
    for (const layer of [...definition.inputs.map((input) => input.layer), ...definition.writes])
      if (layers.get(layer.slug) !== layer)
        throw new Error(`${file}: layer ${layer.slug} is not in contracts/layers`);
    for (const { slug: written, time } of definition.writes)
      if (time !== 'forecast') throw new Error(`${file}: writes: ${written} must be a forecast layer`);
    models.set(slug, { file: pathToFileURL(file).href, definition });
  }
  return models;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
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
