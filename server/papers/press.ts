// The press: papers to bytes, each in a thread of its own, a few at once.
import { Worker } from 'node:worker_threads';
import { CodedError } from '../../contracts/errors.ts';
import type { Paper, PaperFormat } from './paper.ts';

/** Each takes a core for about a second. */
const MOST_AT_ONCE = 3;
/** A paper of a thousand rows takes a tenth of it. */
const LONGEST_MS = 60_000;

export const paperTypes: Readonly<Record<PaperFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export class Press {
  #running = 0;

  /** @throws CodedError request/too-many; Error where it cannot be printed */
  async print(paper: Paper, format: PaperFormat): Promise<Uint8Array> {
    if (this.#running >= MOST_AT_ONCE)
      throw new CodedError('request/too-many', `${this.#running} papers are being printed`);
    this.#running += 1;
    try {
      return await inThread(paper, format);
    } finally {
      this.#running -= 1;
    }
  }
}

function inThread(paper: Paper, format: PaperFormat): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const workerData = { paper, format };
    const worker = new Worker(new URL('printing-worker.ts', import.meta.url), { workerData });
    const late = AbortSignal.timeout(LONGEST_MS);
    const stop = (): void => void worker.terminate();
    late.addEventListener('abort', stop);
    worker.once('message', (bytes: Uint8Array) => {
      resolve(bytes);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      late.removeEventListener('abort', stop);
      reject(new Error(`the printing thread ended with ${code}`));
    });
  });
}
