// `node server/indicators/write-doc.ts`: writes docs/indicators.md.
import { writeFileSync } from 'node:fs';
import { createComposites } from './composites.ts';
import { indicatorDocument } from './document.ts';
import { factsOf } from './facts.ts';
import { loadIndicators } from './load.ts';

const catalogue = await loadIndicators();
const composites = createComposites({ evaluations: [], planned: catalogue.planned });
const target = new URL('../../docs/indicators.md', import.meta.url);
writeFileSync(target, indicatorDocument(factsOf(catalogue, composites)));
process.stdout.write(`docs/indicators.md: ${catalogue.connected.length} indicators\n`);
