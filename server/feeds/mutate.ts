// Seeded damage for the conformance suite: what lines, buggy senders and attackers do to bytes.

/** One damaged copy of `original`: cut, flipped, doubled, overwritten or spliced at random places. */
export function mutate(original: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(original);
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times && bytes.length > 0; time++) {
    const at = Math.floor(random() * bytes.length);
    const span = 1 + Math.floor(random() * Math.min(64, bytes.length - at));
    switch (Math.floor(random() * 7)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 2:
        bytes[at] = Math.floor(random() * 256);
        break;
      case 3:
        bytes = join(bytes.subarray(0, at), bytes.subarray(at + span));
        break;
      case 4:
        bytes = join(bytes.subarray(0, at + span), bytes.subarray(at));
        break;
      case 5:
        bytes.fill(Math.floor(random() * 256), at, at + span);
        break;
      default:
        bytes.copyWithin(at, Math.floor(random() * bytes.length), bytes.length);
    }
  }
  return bytes;
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}
