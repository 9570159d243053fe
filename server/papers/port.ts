// What others see of papers: types only, the instance comes from the composition root.
import type { Situation } from '../../contracts/records/situation.ts';
import type { Subject } from '../access/port.ts';
import type { PaperFormat } from './paper.ts';

export type { PaperFormat } from './paper.ts';

export interface PaperAsk {
  readonly format: PaperFormat;
  readonly language: 'zh' | 'en';
}

export interface PrintedPaper {
  /** As a file. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Stretch {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Throw CodedError request/not-found, request/too-many. What the reader may not see is not in the paper. */
export interface Papers {
  /** Of the stretch a bulletin is asked for, epoch ms. */
  bulletin(reader: Subject, stretch: Stretch, ask: PaperAsk): Promise<PrintedPaper>;
  /** Of an activation of a plan. */
  conformance(id: number, reader: Subject, ask: PaperAsk): Promise<PrintedPaper>;
  /** What was issued, as it was issued. */
  situation(report: Situation, reader: Subject, ask: PaperAsk): Promise<PrintedPaper>;
  caseFile(id: number, reader: Subject, ask: PaperAsk): Promise<PrintedPaper>;
}
