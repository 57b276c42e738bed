import type { Plugin } from 'rolldown';

export declare const patches: readonly { readonly file: string }[];
export declare function patched(): Plugin;
