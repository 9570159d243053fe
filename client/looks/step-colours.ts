// The sequential ramp for areas of the map, dark to light; the legend shows the same colours.
const ramp = ['#21403f', '#315a57', '#467671', '#63948d', '#8fbdb6', '#cfe6e0'];

/** So many colours, spread over the ramp. */
export function stepColours(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Math.round((index * (ramp.length - 1)) / Math.max(1, count - 1));
    return ramp[at] ?? '#8fbdb6';
  });
}
