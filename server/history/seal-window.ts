// Seals a closed window: its frames become one segment or more of each layer, in the files of their day.
import { unlinkSync } from 'node:fs';
import path from 'node:path';
import { frameLayer } from './frame-layer.ts';
import type { HistoryFiles } from './history-files.ts';
import type { SchemaShelf } from '../kit/schema-shelf.ts';
import { appendSegments, readHeads } from './segment-file.ts';
import type { StateFrame, StateHead } from './state-segment.ts';
import { isKey, stateSegment } from './state-segment.ts';
import { readWindow } from './window-file.ts';

export interface SealReport {
  segments: number;
  /** Layers whose frames could not be read, with the reason. */
  readonly faults: string[];
}

/** Durable before the window goes; a window that was sealed before a crash is not sealed twice. @throws Error of the disk */
export function sealWindow(file: string, files: HistoryFiles, schemas: SchemaShelf): SealReport {
  const window = path.basename(file);
  const report: SealReport = { segments: 0, faults: [] };
  const ticks = readWindow(file);
  const end = ticks.at(-1)?.knownAt ?? 0;
  const byLayer = new Map<string, StateFrame[]>();
  for (const { tick, knownAt, frames } of ticks) {
    for (const frame of frames) {
      const layer = frameLayer(frame);
      const known = byLayer.get(layer);
      if (known) known.push({ tick, knownAt, frame });
      else byLayer.set(layer, [{ tick, knownAt, frame }]);
    }
  }
  for (const [layer, frames] of byLayer) {
    for (const part of splitAtKeys(frames, end)) {
      const [first] = part.frames;
      if (!first || isSealed(files, layer, { window, from: first })) continue;
      const segment = attempt(() => stateSegment(schemas, { ...part, tier: 'raw', window }), layer, report);
      if (!segment) continue;
      appendSegments(files.at('state', layer, { moment: first.knownAt, tier: 'raw' }).file, [segment]);
      report.segments += 1;
    }
  }
  unlinkSync(file);
  return report;
}

/** Frames before the first key frame mean nothing; a segment is closed when the next begins. */
function splitAtKeys(frames: readonly StateFrame[], end: number): { frames: StateFrame[]; to: number }[] {
  const parts: StateFrame[][] = [];
  for (const one of frames) {
    if (isKey(one.frame)) parts.push([one]);
    else parts.at(-1)?.push(one);
  }
  return parts.map((part, at) => ({ frames: part, to: parts[at + 1]?.[0]?.knownAt ?? end }));
}

function isSealed(
  files: HistoryFiles,
  layer: string,
  { window, from }: { window: string; from: StateFrame },
): boolean {
  const { file } = files.at('state', layer, { moment: from.knownAt, tier: 'raw' });
  return readHeads<StateHead>(file).some(({ head }) => head.window === window && head.fromTick === from.tick);
}

function attempt<T>(make: () => T, layer: string, report: SealReport): T | null {
  try {
    return make();
  } catch (error) {
    report.faults.push(`${layer}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
