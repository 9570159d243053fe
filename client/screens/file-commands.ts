// Files from outside: dropped on any page, or chosen; and a stretch of the past as a file.
import { title } from '../../contracts/declare.ts';
import type { Command } from '../stores/commands.ts';
import { isHeldOver, takeFiles } from '../stores/dropping.ts';
import { overlay } from '../stores/overlay.ts';
import { recording } from '../stores/recording.ts';

/** What a chooser offers first; anything can be dropped. */
const KINDS =
  '.cockpit,.geojson,.json,.zip,.shp,.dbf,.prj,.cpg,.shx,.kml,.kmz,.csv,.txt,.gpx,.gltf,.glb,.bin,.png,.jpg';

export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = KINDS;
  input.onchange = () => takeFiles([...(input.files ?? [])]);
  input.click();
}

export const fileCommands: readonly Command[] = [
  {
    id: 'open-file',
    group: 'window',
    title: title(
      '打开录像或数据文件（也可拖到页面上）',
      'Open a recording or a file with places (or drop it on the page)',
    ),
    keys: ['ctrl+o'],
    run: chooseFiles,
  },
  {
    id: 'save-recording',
    group: 'time',
    title: title('把一段另存为录像文件', 'Save a stretch as a recording'),
    keys: ['ctrl+s'],
    ready: () => recording.value === null,
    run: () => {
      overlay.recording = true;
    },
  },
];

const brings = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Starts taking what is dropped; returns what stops it. */
export function listenToDrops(): () => void {
  const over = (event: DragEvent): void => {
    if (!brings(event)) return;
    event.preventDefault();
    isHeldOver.value = true;
  };
  const leave = (event: DragEvent): void => {
    // The pointer left the window, not one thing for another in it.
    if (event.relatedTarget === null) isHeldOver.value = false;
  };
  const drop = (event: DragEvent): void => {
    if (!brings(event)) return;
    event.preventDefault();
    takeFiles([...(event.dataTransfer?.files ?? [])]);
  };
  const handlers = { dragover: over, dragleave: leave, drop } as const;
  const entries = Object.entries(handlers) as [keyof typeof handlers, (event: DragEvent) => void][];
  for (const [name, handler] of entries) addEventListener(name, handler);
  return () => {
    for (const [name, handler] of entries) removeEventListener(name, handler);
  };
}
