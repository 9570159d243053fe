// 战时 as this page sees it: what holds, what is proposed, what a switch would change; asked of the server, which decides.
import { shallowRef } from 'vue';
import { title } from '../../contracts/declare.ts';
import type { CrisisView, Switch, SwitchPreview } from '../../contracts/records/crisis.ts';
import type { IncidentSummary } from '../../contracts/records/incident.ts';
import { newAction } from './incidents.ts';
import { askJson, type Answer, type Refusal } from './operations.ts';

/** null until it was read. */
export const crisisView = shallowRef<CrisisView | null>(null);
export const crisisRefusal = shallowRef<Refusal | null>(null);
/** Open incidents that a crisis can be for. */
export const openIncidents = shallowRef<readonly IncidentSummary[]>([]);

export async function loadCrisis(): Promise<void> {
  const answer = await askJson<CrisisView>('/api/crisis');
  crisisRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) crisisView.value = answer.value;
}

export async function loadOpenIncidents(): Promise<void> {
  const answer = await askJson<{ incidents: readonly IncidentSummary[] }>(
    '/api/incidents?open=yes&limit=100',
  );
  if (answer.ok) openIncidents.value = answer.value.incidents;
}

export const previewSwitch = (change: Switch): Promise<Answer<SwitchPreview>> =>
  askJson('/api/crisis/preview', { change });

const duties = title(
  '两人规则：提出的人不能自己批准，请由另一人批准',
  'Two persons: who proposed it does not approve it. Ask somebody else',
);

/** What was done is on the page when it resolves. */
async function done(path: string, said: object): Promise<Answer<CrisisView>> {
  const answer = await askJson<CrisisView>(`/api/crisis/${path}`, { action: newAction(), ...said });
  if (answer.ok) crisisView.value = answer.value;
  else await loadCrisis();
  if (answer.ok || !answer.refusal.detail.includes('[access/duties]')) return answer;
  return { ok: false, refusal: { title: duties, detail: '' } };
}

export const proposeSwitch = (change: Switch, reason: string): Promise<Answer<CrisisView>> =>
  done('proposals', { change, reason });
export const switchAlone = (change: Switch, reason: string): Promise<Answer<CrisisView>> =>
  done('alone', { change, reason });
export type ProposalDeed = 'approve' | 'refuse' | 'withdraw';
export const decideProposal = (id: number, deed: ProposalDeed, reason: string): Promise<Answer<CrisisView>> =>
  done(`proposals/${id}/${deed}`, { reason });
export const confirmAlone = (commit: number, reason: string): Promise<Answer<CrisisView>> =>
  done(`commits/${commit}/confirm`, { reason });
export const reviewAlone = (commit: number, justified: boolean, text: string): Promise<Answer<CrisisView>> =>
  done(`commits/${commit}/review`, { justified, text });
