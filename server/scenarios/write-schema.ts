// `node server/scenarios/write-schema.ts`: writes scenes/scenario.schema.json.
import { writeFileSync } from 'node:fs';
import { SCHEMA_FILE, scenarioJsonSchema } from './scenario-json-schema.ts';

writeFileSync(new URL(`../../${SCHEMA_FILE}`, import.meta.url), scenarioJsonSchema());
process.stdout.write(`${SCHEMA_FILE}\n`);
