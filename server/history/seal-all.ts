// One round of sealing: every closed window and every closed hour, oldest first.
import path from 'node:path';
import type { Retention } from '../../contracts/layer.ts';
import type { HistoryFiles } from './history-files.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { closedHours, sealHour } from './seal-hour.ts';
import type { SealReport } from './seal-window.ts';
import { sealWindow } from './seal-window.ts';
import { keptMs } from './tiers.ts';
import { windowsIn } from './window-file.ts';

export interface SealRound {
  readonly files: HistoryFiles;
  readonly schemas: SchemaShelf;
  /** Folder of the world's journal. */
  readonly journal: string;
  /** Epoch ms. */
  readonly now: number;
  /** Files that are still written to. */
  readonly openFiles: readonly string[];
}

/** What cannot be sealed is left as it is and reported. */
export function sealAll({ files, schemas, journal, now, openFiles }: SealRound): SealReport {
  const report: SealReport = { segments: 0, faults: [] };
  const add = (file: string, seal: () => SealReport): void => {
    try {
      const { segments, faults } = seal();
      report.segments += segments;
      report.faults.push(...faults);
    } catch (error) {
      report.faults.push(`${path.basename(file)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const { file } of windowsIn(files.open)) {
    if (!openFiles.includes(file)) add(file, () => sealWindow(file, files, schemas));
  }
  for (const retention of Object.keys(keptMs) as Retention[]) {
    for (const file of closedHours(path.join(journal, retention), now)) {
      if (!openFiles.includes(file)) add(file, () => sealHour(file, files, schemas));
    }
  }
  return report;
}
