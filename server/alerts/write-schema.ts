// `node server/alerts/write-schema.ts`: writes cities/alert-rules.schema.json.
import { writeFileSync } from 'node:fs';
import { RULES_SCHEMA_FILE, rulesJsonSchema } from './rule-json-schema.ts';

writeFileSync(new URL(`../../${RULES_SCHEMA_FILE}`, import.meta.url), rulesJsonSchema());
process.stdout.write(`${RULES_SCHEMA_FILE}\n`);
