// Progress on the terminal: one line that rewrites itself on a TTY, a line now and then elsewhere.

const REPEAT_EVERY_MS = 5000;

/**
 * @typedef {object} Reporter
 * @property {(text: string) => void} say a line that stays
 * @property {(text: string) => void} progress a line that the next one replaces
 */

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Reporter}
 */
export function createReporter(stream) {
  let open = false;
  let lastAt = 0;
  let lastText = '';
  const clear = () => {
    if (open) stream.write('\r\u001b[K');
    open = false;
  };
  return {
    say(text) {
      clear();
      stream.write(`${text}\n`);
    },
    progress(text) {
      if (text === lastText) return;
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text.slice(0, Math.max(20, stream.columns - 1))}`);
        open = true;
      } else if (Date.now() - lastAt >= REPEAT_EVERY_MS) {
        stream.write(`${text}\n`);
        lastAt = Date.now();
      } else {
        return;
      }
      lastText = text;
    },
  };
}
