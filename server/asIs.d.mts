import type { Plugin } from 'esbuild';

export declare const asIs: Plugin;
