// The tables of this side: one FrameReceiver a layer, fed by frames, emptied when the world or the server changes.
import { CodedError } from '../../contracts/errors.ts';
import { FrameReceiver, decodeHeader, type FrameHeader } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';

export class Receivers {
  private readonly layers: ReadonlyMap<string, Layer>;
  private readonly byLayer = new Map<string, FrameReceiver>();

  constructor(layers: ReadonlyMap<string, Layer>) {
    this.layers = layers;
  }

  /** Applies one frame. @throws CodedError frame/…; the table is then as before */
  apply(bytes: Uint8Array): FrameHeader {
    const { layer: slug, label } = decodeHeader(bytes);
    const layer = this.layers.get(slug);
    if (!layer) throw new CodedError('frame/layer', slug);
    let receiver = this.byLayer.get(slug);
    if (!receiver) {
      receiver = new FrameReceiver(layer, label);
      this.byLayer.set(slug, receiver);
    }
    return receiver.apply(bytes);
  }

  get(slug: string): FrameReceiver | null {
    return this.byLayer.get(slug) ?? null;
  }

  all(): IterableIterator<[string, FrameReceiver]> {
    return this.byLayer.entries();
  }

  clear(): void {
    this.byLayer.clear();
  }
}
