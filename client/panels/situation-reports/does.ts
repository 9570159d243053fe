// What the panel of situation reports can have done: asked of the store, so that the gallery draws it without a server.
import type {
  IssueSituationRequest,
  Situation,
  SituationDraft,
  SituationKind,
} from '../../../contracts/records/situation.ts';
import type { Answer } from '../../stores/operations.ts';

export interface SituationDoes {
  readonly draft: (incident: number, kind: SituationKind) => Promise<Answer<SituationDraft>>;
  readonly issue: (said: Partial<IssueSituationRequest>) => Promise<Answer<Situation>>;
}

/** What a figure did since the issue before: `+3`, `−2`, '' where it is the same, null where it is new. */
export function changeOf(value: number, before: number | null): string | null {
  if (before === null) return null;
  const by = Math.round((value - before) * 10) / 10;
  if (by === 0) return '';
  return by > 0 ? `+${by}` : `−${-by}`;
}
