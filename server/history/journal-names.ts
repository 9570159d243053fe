// Names of the journal's files: <yyyymmddhh>.journal, the later parts of an hour of many observations <yyyymmddhh>-<n>.journal;
// .<ms>.sealing stands behind them while they are made into parts of their layers.
import path from 'node:path';
import { namesIn } from './history-files.ts';

const NAME = /^(\d{4})(\d{2})(\d{2})(\d{2})(?:-(\d+))?\.journal(?:\.(\d+)\.sealing)?$/;

export interface JournalFile {
  readonly file: string;
  /** Begin of the hour, epoch ms. */
  readonly hour: number;
  /** 0 is the first of the hour. */
  readonly part: number;
  /** When it was last written to, epoch ms, if it is being sealed; null: it may be written to. */
  readonly sealingOf: number | null;
}

export const isJournalName = (name: string): boolean => NAME.test(name);

/** `hour`: as `hourName` says it. */
export const journalName = (hour: string, part: number): string =>
  `${hour}${part === 0 ? '' : `-${part}`}.journal`;

export function hourName(at: number): string {
  return new Date(at).toISOString().slice(0, 13).replace(/[-T]/g, '');
}

/** The journal files of a folder, oldest first. */
export function journalFiles(folder: string): JournalFile[] {
  return hoursIn(folder).filter(({ sealingOf }) => sealingOf === null);
}

/** As `journalFiles`, with those that are being sealed: of one hour they come first, as they are older. */
export function hoursIn(folder: string): JournalFile[] {
  return namesIn(folder)
    .flatMap((name): JournalFile[] => {
      const [, y, m, d, h, part = 0, sealingOf] = NAME.exec(name) ?? [];
      if (h === undefined) return [];
      const hour = Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h));
      const file = path.join(folder, name);
      return [
        { file, hour, part: Number(part), sealingOf: sealingOf === undefined ? null : Number(sealingOf) },
      ];
    })
    .sort((a, b) => a.hour - b.hour || age(a) - age(b) || a.part - b.part);
}

const age = ({ sealingOf }: JournalFile): number => sealingOf ?? Number.MAX_SAFE_INTEGER;
