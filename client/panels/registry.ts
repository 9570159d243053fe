import type { Panel } from './panel.ts';

const modules = import.meta.glob<{ panel: Panel }>('./*/panel.ts', { eager: true });

export const panels: ReadonlyMap<string, Panel> = new Map(
  Object.entries(modules).map(([path, { panel }]) => {
    const folder = path.split('/')[1];
    if (panel.slug !== folder)
      throw new Error(`panel ${folder}: says it is ${panel.slug}: name the folder after it`);
    return [panel.slug, panel];
  }),
);

/** @throws Error naming the slug when no folder has it */
export function panelOf(slug: string): Panel {
  const panel = panels.get(slug);
  if (!panel)
    throw new Error(`panel ${slug}: there is no folder client/panels/${slug}: make it or correct the screen`);
  return panel;
}
