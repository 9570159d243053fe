// Papers as the server makes them: the case file of an incident, hand-overs and bulletins as Word or PDF.
import { session } from './session.ts';
import { refusalOf, type Refusal } from './operations.ts';
import { askWorld } from './world.ts';

export const paperFormats = ['docx', 'pdf'] as const;
export type PaperFormat = (typeof paperFormats)[number];

/** A file, or why there is none. */
export type PaperAnswer = { readonly name: string; readonly content: Blob } | { readonly refusal: Refusal };

/** @param path of the paper, without format and language */
export async function fetchPaper(path: string, format: PaperFormat): Promise<PaperAnswer> {
  const mark = path.includes('?') ? '&' : '?';
  try {
    const response = await askWorld(`${path}${mark}format=${format}&language=${session.locale}`);
    if (!response.ok) {
      const said = (await response.json().catch(() => null)) as { message?: string } | null;
      return { refusal: refusalOf(response.status, said?.message ?? '') };
    }
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return { name: name ?? `paper.${format}`, content: await response.blob() };
  } catch {
    return { refusal: refusalOf(0, '') };
  }
}
