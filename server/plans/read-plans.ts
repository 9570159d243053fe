// The plans of a city package: plans/<id>.yaml → plans, or what is wrong, in which file and line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlanFile } from '../../contracts/records/plan.ts';
import { planFileSchema } from '../../contracts/records/plan.ts';
import { readWrittenFile } from '../kit/written-file.ts';
import { PLAN_SCHEMA_FILE } from './plan-json-schema.ts';

/** @param file how the file is named in messages @throws WrittenFileError */
export function readPlan(text: string, file: string): PlanFile {
  const source = readWrittenFile(text, { file, schema: planFileSchema, schemaFile: PLAN_SCHEMA_FILE });
  const id = path.basename(file, '.yaml');
  if (source.value.id !== id)
    throw source.fault(['id'], `${source.value.id} in ${file}: rename the file to ${source.value.id}.yaml`);
  return source.value;
}

/** All of a folder by file name; a city without plans has none. @throws Error naming file, line and column */
export function readPlans(folder: string): PlanFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      try {
        return readPlan(readFileSync(path.join(folder, name), 'utf8'), `plans/${name}`);
      } catch (error) {
        const where = (error as { where?: unknown }).where;
        const place = typeof where === 'string' ? where : `plans/${name}`;
        throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
      }
    });
}
