// One paper printed in a thread of its own: setting type keeps no screen waiting.
import { parentPort, workerData } from 'node:worker_threads';
import { printDocx } from './docx.ts';
import type { Paper, PaperFormat } from './paper.ts';
import { printPdf } from './pdf.ts';

const { paper, format } = workerData as { readonly paper: Paper; readonly format: PaperFormat };
const bytes = await (format === 'pdf' ? printPdf(paper) : printDocx(paper));
parentPort?.postMessage(bytes);
