// What is on the heap of a page, by kind, out of a snapshot of it.
import type { CDPSession } from 'playwright-core';

interface HeapSnapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      /** Of the field `type`, the first: its names by number. */
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}

/** Bytes. */
export interface HeapShares {
  /** Objects, arrays, strings, closures: what the page itself holds. */
  readonly held: number;
  /** Machine code and bytecode, which the engine makes of what runs often, and throws away when it likes. */
  readonly code: number;
}

/** Twice: what the first collection finalises, the second one frees. */
export async function collectGarbage(session: CDPSession): Promise<void> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
}

/** Some seconds, while the page stands still. */
export async function heapSharesOf(session: CDPSession): Promise<HeapShares> {
  const parts: string[] = [];
  const take = ({ chunk }: { chunk: string }): void => void parts.push(chunk);
  session.on('HeapProfiler.addHeapSnapshotChunk', take);
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off('HeapProfiler.addHeapSnapshotChunk', take);
  return sharesOf(JSON.parse(parts.join('')) as HeapSnapshot);
}

function sharesOf({ snapshot: { meta }, nodes }: HeapSnapshot): HeapShares {
  const { node_fields: fields, node_types: kinds } = meta;
  const type = fields.indexOf('type');
  const size = fields.indexOf('self_size');
  const code = kinds[0].indexOf('code');
  // Nodes of the document, entries of its timeline, memory of typed arrays: counted apart.
  const native = kinds[0].indexOf('native');
  const shares = { held: 0, code: 0 };
  for (let node = 0; node < nodes.length; node += fields.length) {
    const kind = nodes[node + type];
    const bytes = nodes[node + size] as number;
    if (kind === code) shares.code += bytes;
    else if (kind !== native) shares.held += bytes;
  }
  return shares;
}
