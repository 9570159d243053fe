// GET /api/stills/<layer>/<key>: the picture a camera shows, or why there is none.
import { askWorld } from '../../stores/world.ts';

export type Still =
  | { readonly state: 'live' | 'last'; readonly at: number | null; readonly blob: Blob }
  | { readonly state: 'none' }
  | { readonly state: 'forbidden' };

export async function fetchStill(layer: string, key: string): Promise<Still> {
  const path = `/api/stills/${encodeURIComponent(layer)}/${encodeURIComponent(key)}`;
  try {
    const response = await askWorld(path, { cache: 'no-store' });
    if (response.status === 401 || response.status === 403) return { state: 'forbidden' };
    const isPicture = response.headers.get('content-type')?.startsWith('image/') ?? false;
    if (!response.ok || !isPicture) return { state: 'none' };
    const at = Number(response.headers.get('x-still-at'));
    return {
      state: response.headers.get('x-still-state') === 'last' ? 'last' : 'live',
      at: at > 0 ? at : null,
      blob: await response.blob(),
    };
  } catch {
    return { state: 'none' };
  }
}
