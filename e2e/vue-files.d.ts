// What a component takes is checked where the client is; what drives it from outside sees a component.
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}
