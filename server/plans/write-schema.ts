// `node server/plans/write-schema.ts`: writes cities/plan.schema.json.
import { writeFileSync } from 'node:fs';
import { PLAN_SCHEMA_FILE, planJsonSchema } from './plan-json-schema.ts';

writeFileSync(new URL(`../../${PLAN_SCHEMA_FILE}`, import.meta.url), planJsonSchema());
process.stdout.write(`${PLAN_SCHEMA_FILE}\n`);
