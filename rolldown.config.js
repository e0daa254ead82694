import { defineConfig } from 'rolldown';

// The command line in one folder without a node_modules: main.js, and a chunk for what each command loads when it runs.
export default defineConfig({
  input: 'src/cli/main.ts',
  platform: 'node',
  // just-bash reaches for these inside try/catch, for `tar` and `zstd` alone.
  external: ['node-liblzma', '@mongodb-js/zstd'],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
});
