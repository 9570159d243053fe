// What can be done with plans for an incident: asked of the store, so that the gallery draws it without a server.
import type { RunPreview, RunProgress } from '../../../contracts/records/plan-run.ts';
import type { Answer } from '../../stores/operations.ts';
import type { RunDeed } from '../../stores/plan-runs.ts';

export interface StartDoes {
  readonly preview: (deed: RunDeed, reason: string) => Promise<Answer<RunPreview>>;
  readonly do: (
    deed: RunDeed,
    preview: RunPreview,
    said: { readonly reason: string; readonly action: string },
  ) => Promise<Answer<RunProgress>>;
}
