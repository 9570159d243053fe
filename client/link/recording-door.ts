// Opens recordings, one at a time: says how far it is, shows what can be shown, and says why where nothing can.
import { CodedError } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { RecordingNews, RecordingWish } from '../stores/recording.ts';
import { RecordingFile } from './recording-file.ts';
import type { PastSource } from './stretches.ts';

export interface DoorPorts {
  readonly catalog: ReadonlyMap<string, Layer>;
  readonly show: (source: PastSource) => void;
  readonly tell: (news: RecordingNews) => void;
}

export class RecordingDoor {
  private readonly ports: DoorPorts;
  private opening: AbortController | null = null;
  private isOpen = false;

  constructor(ports: DoorPorts) {
    this.ports = ports;
  }

  wish(wish: RecordingWish): void {
    this.opening?.abort();
    this.opening = null;
    if (wish.do === 'open') void this.open(wish.file);
    // What was shown before still is.
    else this.ports.tell({ is: 'given-up' });
  }

  /** Live data is there again. */
  left(): void {
    if (this.isOpen) this.ports.tell({ is: 'closed' });
    this.isOpen = false;
  }

  private async open(file: File): Promise<void> {
    const mine = new AbortController();
    this.opening = mine;
    const { catalog, show, tell } = this.ports;
    const { name } = file;
    const progress = (share: number): void => tell({ is: 'reading', name, share });
    progress(0);
    try {
      const opened = await RecordingFile.open(file, { catalog, signal: mine.signal, progress });
      if (mine.signal.aborted) return;
      this.isOpen = true;
      tell({ is: 'open', recording: opened.facts });
      show(opened);
    } catch (error) {
      if (mine.signal.aborted) return;
      const detail = error instanceof Error ? error.message : String(error);
      tell({
        is: 'refused',
        name,
        detail,
        code: error instanceof CodedError ? error.code : 'recording/damaged',
      });
    }
  }
}
