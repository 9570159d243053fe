// A refusal is a failure we understand: one sentence for the person at the terminal and an exit code.

export const exitCodes = Object.freeze({
  failed: 1,
  usage: 2,
  node: 3,
  running: 4,
  port: 5,
  disk: 6,
  install: 7,
  permission: 8,
});

export class Refusal extends Error {
  /**
   * @param {keyof typeof exitCodes} kind
   * @param {string} sentence what failed with the value, where, what to do
   */
  constructor(kind, sentence) {
    super(sentence);
    this.name = 'Refusal';
    this.kind = kind;
    this.exitCode = exitCodes[kind];
  }
}
