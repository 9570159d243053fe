// Checks links, anchors and paths in every Markdown page. Part of `npm run check`.
import { checkPages, listPages } from './doc-links.mjs';
import { repositoryRoot } from '../setup/processes.mjs';

const pages = listPages(repositoryRoot);
const complaints = checkPages(repositoryRoot, pages);
process.stdout.write(complaints.map((complaint) => `${complaint}\n`).join(''));
process.stdout.write(`${pages.length} pages, ${complaints.length} broken references\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
