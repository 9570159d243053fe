// Situation reports of the incident that is open: what was issued, what the next would hold, and issuing it.
import { shallowRef } from 'vue';
import type {
  IssueSituationRequest,
  Situation,
  SituationDraft,
  SituationKind,
  SituationPage,
} from '../../contracts/records/situation.ts';
import { citedNow, viewNow } from './evidence.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null: no incident is open, or it was not read yet. */
export const situationPage = shallowRef<SituationPage | null>(null);
export const situationsRefusal = shallowRef<Refusal | null>(null);

let wanted: number | null = null;

/** null: no incident is open. */
export async function loadSituations(incident: number | null): Promise<void> {
  if (wanted !== incident) situationPage.value = null;
  wanted = incident;
  if (incident === null) return;
  const answer = await askJson<SituationPage>(`/api/situations?incident=${incident}`);
  if (wanted !== incident) return;
  situationsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) situationPage.value = answer.value;
}

export const draftSituation = (incident: number, kind: SituationKind): Promise<Answer<SituationDraft>> =>
  askJson(`/api/situations/draft?incident=${incident}&kind=${kind}`);

/** @param said.action made once for what somebody means once */
export async function issueSituation(said: Partial<IssueSituationRequest>): Promise<Answer<Situation>> {
  const answer = await askJson<Situation>('/api/situations', {
    ...{ ...said, rows: citedNow(), view: viewNow() },
  });
  await loadSituations(wanted);
  return answer;
}
