// A layer's declaration as it comes from outside, in a file: checked field by field, then as defineLayer does.
import { z } from 'zod';
import type { Columns } from './column.ts';
import { labels } from './column.ts';
import type { Layer, LayerDefinition } from './layer.ts';
import { defineLayer } from './layer.ts';

const name = z.string().min(1).max(200);
const titleSchema = z.object({ zh: z.string().max(200), en: z.string().max(200) });
const dictionary = z.record(z.string().max(60), titleSchema);
const base = {
  title: titleSchema,
  label: z.enum(labels).optional(),
  nullMeans: z.string().max(500).optional(),
  origin: z.string().max(500).optional(),
  detail: z.boolean().optional(),
};
const scale = { unit: name, step: z.number(), min: z.number(), max: z.number() };
const shapes = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'TilesetFeature',
] as const;

const columnSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('number'), ...base, ...scale }),
  z.object({ type: z.literal('cells'), ...base, ...scale }),
  z.object({ type: z.literal('position'), ...base }),
  z.object({ type: z.literal('geometry'), ...base, shapes: z.array(z.enum(shapes)) }),
  z.object({ type: z.literal('enum'), ...base, values: dictionary }),
  z.object({ type: z.literal('flags'), ...base, bits: dictionary }),
  z.object({ type: z.literal('text'), ...base, max: z.number().int() }),
  z.object({ type: z.literal('strings'), ...base, max: z.number().int(), maxItems: z.number().int() }),
  z.object({ type: z.literal('time'), ...base, stepMs: z.number() }),
]);

export const layerSchema = z.object({
  slug: z.string().min(1).max(60),
  title: titleSchema,
  topic: z.enum(['traffic', 'environment', 'emergency', 'opinion', 'system']),
  kind: z.enum(['table', 'grid']),
  time: z.enum(['observed', 'forecast', 'timeless']),
  moving: z.object({ freshS: z.number() }).optional(),
  periodS: z.number().nullable(),
  expireS: z.number().nullable(),
  endsBy: z.string().max(60).optional(),
  citywide: z.boolean().optional(),
  ofUnits: z.boolean().optional(),
  tickMs: z.number(),
  retention: z.enum(['minute', 'telemetry', 'state', 'opinion', 'record']),
  columns: z.record(z.string().max(60), columnSchema),
  schema: z.number().int().nonnegative(),
});
export type DeclaredLayer = z.infer<typeof layerSchema>;

/** As it goes into a file. */
export const declaredLayer = (layer: Layer): DeclaredLayer =>
  layerSchema.parse(JSON.parse(JSON.stringify(layer)));

/** @throws Error when this build cannot work with such columns: it knows a type or unit of them not, or hashes them otherwise */
export function layerOfDeclared({ schema, ...definition }: DeclaredLayer): Layer {
  const layer = defineLayer(definition as LayerDefinition<Columns>);
  if (layer.schema !== schema)
    throw new Error(`layer ${layer.slug}: its columns do not have the hash it says`);
  return layer;
}
