// What lies over a screen: help, and the layer list.
import { reactive } from 'vue';

export const overlay = reactive({ help: false, layers: true });
