// Exports that need a second person, as this page sees them, and word to the server of what a page saves as a file itself.
import { shallowRef } from 'vue';
import type { AskExport, ExportRequest, SavedList } from '../../contracts/records/export-request.ts';
import { accessWord } from '../i18n/access-words.ts';
import { ofWorld } from '../world.ts';
import { askAccess, mayHere, type Reply } from './access.ts';
import { say } from './session.ts';
import { askServer, worldId } from './world.ts';

/** null until the server has answered once: all for who decides or audits, else those of this account. */
export const exportList = shallowRef<readonly ExportRequest[] | null>(null);
export const exportsFault = shallowRef<{ readonly code: string; readonly message: string } | null>(null);

/** Whether this account has to do with such exports at all. */
export const seesExports = (): boolean => mayHere('ask-exports') || mayHere('read-exports');

export async function loadExports(): Promise<void> {
  const path = mayHere('read-exports') ? '/api/exports' : '/api/exports/own';
  const { code, message, value } = await askAccess<{ exports: readonly ExportRequest[] }>('GET', path);
  exportsFault.value = code === '' ? null : { code, message };
  if (value) exportList.value = value.exports;
}

/** In the world this page shows. */
export const askExport = (asked: AskExport): Promise<Reply<ExportRequest>> =>
  askAccess('POST', ofWorld('/api/exports', worldId.value), asked);

/** By a second person; the list is loaded again when it went well. */
export async function decideExport(
  id: number,
  act: 'approve' | 'decline',
  reason: string,
): Promise<Reply<ExportRequest>> {
  const reply = await askAccess<ExportRequest>('POST', `/api/exports/${id}/${act}`, { reason });
  if (reply.code === '') await loadExports();
  return reply;
}

/** The file of an approved export, once. */
export async function fetchExport({
  id,
  world,
}: Pick<ExportRequest, 'id' | 'world'>): Promise<Reply<{ readonly name: string; readonly content: Blob }>> {
  try {
    const response = await askServer(ofWorld(`/api/exports/${id}/file`, world));
    if (!response.ok) {
      const said = (await response.json()) as { code?: string; message?: string };
      return { code: said.code ?? 'server/fault', message: said.message ?? '', value: null };
    }
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    const value = { name: name ?? `export-${id}`, content: await response.blob() };
    return { code: '', message: '', value };
  } catch {
    return { code: 'unreachable', message: '', value: null };
  } finally {
    await loadExports();
  }
}

/** Before this page saves a list or a chart: what must not stand in the file. */
export const announceSaved = (
  saved: Omit<SavedList, 'columns'> & Partial<Pick<SavedList, 'columns'>>,
): Promise<Reply<{ readonly withheld: readonly string[] }>> =>
  askAccess('POST', ofWorld('/api/exports/lists', worldId.value), saved);

/** Asked before the values of a chart leave as a sheet; '' or why they do not. */
export async function leaveChart(name: string, rows: number): Promise<string> {
  const saved = { what: 'chart', id: name.slice(0, 200), format: 'xlsx', rows } as const;
  const { code } = await announceSaved(saved);
  return code === '' ? '' : say(accessWord(code));
}
