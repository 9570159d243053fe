// Every layer of contracts/layers by slug, found by folder walk.
import type { Layer } from '../contracts/layer.ts';

const modules = import.meta.glob<Record<string, unknown>>('../contracts/layers/*.ts', { eager: true });

const isLayer = (value: unknown): value is Layer =>
  typeof value === 'object' && value !== null && 'slug' in value && 'columns' in value && 'schema' in value;

export const catalog: ReadonlyMap<string, Layer> = new Map(
  Object.values(modules)
    .flatMap((module) => Object.values(module).filter(isLayer))
    .map((layer) => [layer.slug, layer]),
);

export const topics = ['traffic', 'environment', 'emergency', 'opinion', 'system'] as const;
