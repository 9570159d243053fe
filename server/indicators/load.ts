// Finds the indicators by walking this folder, and reads the list of those that have no source yet.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { aggregates, granularities, signs } from './define.ts';
import type { IndicatorDefinition } from './define.ts';

const title = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const unit = z.strictObject({ zh: z.string(), en: z.string() });

/** Planned ones by name, unit, thresholds and source; its value is 未接入 until a folder of the same slug computes it. */
const plannedFile = z.array(
  z.strictObject({
    slug: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
    sign: z.enum(signs),
    key: z.boolean().default(false),
    title,
    unit,
    direction: z.enum(['down', 'up', 'band']),
    code: z.array(z.number()),
    period: z.string(),
    systems: z.array(z.string()).min(1),
    granularity: z.enum(granularities),
    aggregate: z.enum([...aggregates, 'LAST', 'PWA']),
  }),
);
export type PlannedIndicator = z.output<typeof plannedFile>[number];

export interface IndicatorCatalogue {
  readonly connected: readonly IndicatorDefinition[];
  readonly planned: readonly PlannedIndicator[];
}

/** Reads `<folder>/<slug>/indicator.ts` (one default export each) and `<folder>/planned.yaml`. @throws Error naming file and field */
export async function loadIndicators(folder: string = import.meta.dirname): Promise<IndicatorCatalogue> {
  const slugs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'indicator.ts')))
    .map((entry) => entry.name)
    .sort();
  const connected: IndicatorDefinition[] = [];
  for (const slug of slugs) {
    const file = join(folder, slug, 'indicator.ts');
    const found = ((await import(pathToFileURL(file).href)) as { default?: IndicatorDefinition }).default;
    if (!found) throw new Error(`${file}: no default export: export defineIndicator({ … })`);
    if (found.slug !== slug)
      throw new Error(`${file}: slug: "${found.slug}" must be "${slug}", as its folder`);
    connected.push(found);
  }
  const planned = readPlanned(join(folder, 'planned.yaml'));
  const both = planned.find(({ slug }) => slugs.includes(slug));
  if (both) throw new Error(`${folder}/planned.yaml: ${both.slug} has a folder now: take it off the list`);
  return { connected, planned };
}

function readPlanned(file: string): PlannedIndicator[] {
  const result = plannedFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'malformed'}`);
}
