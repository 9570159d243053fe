// Evidence packs as this page sees them: what it shows when somebody decides, and the screen of such a moment shown again.
import { shallowRef, watch } from 'vue';
import type {
  FreezeRequest,
  PackList,
  PackPage,
  PackRef,
  PackView,
} from '../../contracts/records/evidence-pack.ts';
import { askedMoment } from './time-cursor.ts';
import { askJson, refusalOf, type Answer, type Refusal } from './operations.ts';
import { openRecording, recording, refusedFile } from './recording.ts';
import { applyShared, currentShared, readShared, writeShared } from './share.ts';
import { view } from './view.ts';
import { askWorld } from './world.ts';
import { chosenScene } from './scene.ts';

/** The pack whose moment is on the screen; null: none is. */
export const shownPack = shallowRef<PackPage | null>(null);

/** What this page shows now, as a decision keeps it. */
export const viewNow = (): PackView => ({
  page: location.pathname.slice(0, 60),
  scene: chosenScene.slug ?? '',
  shared: writeShared(currentShared()).toString().slice(0, 8000),
  at: askedMoment.value,
  clock: 'known',
});

/** The row that is chosen: what who decides looks at. */
export function citedNow(): { readonly layer: string; readonly key: string }[] {
  const { selection } = view;
  return selection ? [{ layer: selection.layer, key: selection.key }] : [];
}

/** Of the incident whose card is open; null until they were read. */
export const incidentPacks = shallowRef<PackList | null>(null);
export const packsRefusal = shallowRef<Refusal | null>(null);
let packsOf: number | null = null;

/** @param incident null: no card is open */
export async function loadPacksOf(incident: number | null): Promise<void> {
  if (packsOf !== incident) incidentPacks.value = packsRefusal.value = null;
  packsOf = incident;
  if (incident === null) return;
  const answer = await askJson<PackList>(`/api/evidence?incident=${incident}`);
  if (packsOf !== incident) return;
  packsRefusal.value = answer.ok ? null : answer.refusal;
  if (answer.ok) incidentPacks.value = answer.value;
}

/** Keeps what is known now, by hand. @param said.action made once for what somebody means once */
export async function keepPack(
  said: Pick<FreezeRequest, 'action' | 'title' | 'incident'>,
): Promise<Answer<PackRef>> {
  const answer = await askJson<PackRef>('/api/evidence', { ...said, rows: citedNow(), view: viewNow() });
  if (answer.ok) await loadPacksOf(packsOf);
  return answer;
}

/** Shows what was known then: the layers as a recording of one moment, the camera and the layers as they were chosen. */
export async function showPack(id: number): Promise<Refusal | null> {
  const page = await askJson<PackPage>(`/api/evidence/${id}`);
  if (!page.ok) return page.refusal;
  try {
    const response = await askWorld(`/api/evidence/${id}/recording`);
    if (!response.ok) {
      const said = (await response.json().catch(() => null)) as { message?: string } | null;
      return refusalOf(response.status, said?.message ?? '');
    }
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    await opened(new File([await response.blob()], name ?? `evidence-${id}.cockpit`));
  } catch {
    return refusalOf(0, '');
  }
  const shared = readShared(new URLSearchParams(page.value.pack.view.shared)).view;
  // The moment is that of the recording: asking for another would leave it.
  if (shared) applyShared({ ...shared, moment: askedMoment.value });
  shownPack.value = page.value;
  return null;
}

/** Resolves when the file is on the screen, or was refused, which its banner says. */
function opened(file: File): Promise<void> {
  const before = recording.value;
  openRecording(file);
  return new Promise((resolve) => {
    const stop = watch([recording, refusedFile], ([now, refused]) => {
      if (now === before && refused === null) return;
      stop();
      resolve();
    });
  });
}

watch(recording, (now) => {
  if (now === null) shownPack.value = null;
});
