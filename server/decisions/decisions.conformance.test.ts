// Walks every folder of a decision model, so that a new one is tested before its author writes a test.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listCities, loadCity } from '../../cities/load.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LoadedDecision } from '../kit/load-folder.ts';
import { loadDecisions, loadLayers } from '../kit/load-folder.ts';
import { offeredModels } from '../main/advise-of-world.ts';

const folder = import.meta.dirname;
const slugs = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
let models: ReadonlyMap<string, LoadedDecision>;
let layers: ReadonlyMap<string, Layer>;

beforeAll(async () => {
  layers = await loadLayers(path.join(folder, '../../contracts/layers'));
  models = await loadDecisions(folder, layers);
});

it('finds models', () => {
  expect(slugs.length).toBeGreaterThan(0);
});

describe.each(slugs)('model %s', (slug) => {
  it('has a test of its own', () => {
    expect(readdirSync(path.join(folder, slug)).some((file) => file.endsWith('.test.ts'))).toBe(true);
  });

  it('says in both languages what it is, how it works, where it holds and how sure it is', () => {
    const { definition } = models.get(slug) as LoadedDecision;
    const { title, question, method, validity, uncertainty, source, inputs } = definition;
    for (const words of [
      title,
      question,
      method,
      validity,
      uncertainty,
      source,
      ...inputs.map((one) => one.title),
    ]) {
      expect(words.zh).toMatch(/[一-鿿]/);
      expect(words.en).not.toBe('');
    }
    expect(definition.kinds.length).toBeGreaterThan(0);
  });

  it('follows only numbers that its layers have', () => {
    for (const { layer, trail } of models.get(slug)?.definition.inputs ?? [])
      for (const column of trail?.columns ?? []) expect(layer.columns[column]?.type).toBe('number');
  });

  it('shows its parameters as JSON Schema', () => {
    const { definition } = models.get(slug) as LoadedDecision;
    expect(z.toJSONSchema(definition.params, { io: 'input' })).toMatchObject({ type: 'object' });
  });
});

it.each(listCities())('what city %s says for its models fits them', (id) => {
  const offered = offeredModels(loadCity(id), models);
  for (const { definition, settings } of offered.values())
    for (const { when, everyMin } of settings?.triggers ?? []) {
      if (when) expect([...layers.keys()], `${definition.slug}: layer of a trigger`).toContain(when.layer);
      else expect(everyMin, `${definition.slug}: a trigger without when needs everyMin`).not.toBeNull();
    }
});
