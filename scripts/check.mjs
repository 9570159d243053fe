// `npm run check`: format, lint, types, dependency rules, unused code, docs links, unit tests.
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { runCommand } = await import('./setup/command.mjs');
const { runChecks } = await import('./check/run.mjs');
await runCommand(runChecks, { interruptedCode: 130, output: process.stdout });
