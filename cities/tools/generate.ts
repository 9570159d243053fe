// Works out the generated files of a city: `node cities/tools/generate.ts guangyuan`. Run after an authored file changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

const root = join(import.meta.dirname, '..');

for (const id of process.argv.slice(2)) {
  for (const [file, build] of generatedFiles(root, id)) {
    const path = join(root, id, file);
    const text = await build(root, id);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`${id}/${file}: ${text.split('\n').length - 1} lines\n`);
  }
}
