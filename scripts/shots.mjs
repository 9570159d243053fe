// `npm run shots`: takes the pictures of the product into docs/shots. Not part of `npm test`.
import { requireNode } from './setup/node-version.mjs';

requireNode();
const { runCommand } = await import('./setup/command.mjs');
const { takeShots } = await import('./shots/run.mjs');
await runCommand((command) => takeShots(command, process.argv.slice(2)), { interruptedCode: 130 });
