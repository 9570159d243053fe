// Page side: the one function a bench calls from outside.

declare global {
  interface Window {
    measure: (...args: never[]) => unknown;
  }
}

export function expose(measure: (...args: never[]) => unknown): void {
  window.measure = measure;
}
