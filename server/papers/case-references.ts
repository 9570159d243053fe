// How the parts of a case file point to each other: lines of the log, pieces of evidence, photos.
import type { FileRef, Incident } from '../../contracts/records/incident.ts';
import type { Piece } from './paper.ts';
import type { Wording } from './wording.ts';

/** A reference as it stands in the text. */
export const toLog = (wording: Wording, at: number): Piece => ({
  text: wording.of(`〔录${at + 1}〕`, `[L${at + 1}]`),
  to: `log-${at + 1}`,
});
export const toEvidence = (wording: Wording, at: number): Piece => ({
  text: wording.of(`〔证${at + 1}〕`, `[E${at + 1}]`),
  to: `evidence-${at + 1}`,
});
export const toPhoto = (wording: Wording, at: number): Piece => ({
  text: wording.of(`〔图${at + 1}〕`, `[P${at + 1}]`),
  to: `photo-${at + 1}`,
});

/** Photos of a log, each once, in the order they came. */
export function photosOf({ log }: Pick<Incident, 'log'>): readonly FileRef[] {
  return [...new Map(log.flatMap(({ files }) => files).map((file) => [file.hash, file])).values()];
}

export const bound = (wording: Wording) => ({
  say: wording.say.bind(wording),
  of: wording.of.bind(wording),
});
