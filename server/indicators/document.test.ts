import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createComposites } from './composites.ts';
import { indicatorDocument } from './document.ts';
import { factsOf } from './facts.ts';
import { loadIndicators } from './load.ts';

it('docs/indicators.md is what the definitions say: else run node server/indicators/write-doc.ts', async () => {
  const catalogue = await loadIndicators();
  const composites = createComposites({ evaluations: [], planned: catalogue.planned });
  const page = readFileSync(new URL('../../docs/indicators.md', import.meta.url), 'utf8');
  expect(page).toBe(indicatorDocument(factsOf(catalogue, composites)));
  for (const { slug } of catalogue.connected) expect(page).toContain(`\`${slug}\``);
});
