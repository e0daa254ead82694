import { defineConfig } from 'rolldown';

/** What just-bash reaches for in `tar`, `curl` and `html-to-markdown` alone: none of it is needed, and it loads slowly. */
const unused = ['turndown', 'undici', 'seek-bzip', '@mongodb-js/zstd', 'node-liblzma'];

// The command line in one folder without a node_modules: main.js, and a chunk for what each command loads when it runs.
export default defineConfig({
  input: 'src/cli/main.ts',
  platform: 'node',
  plugins: [
    {
      name: 'leave-out-what-the-shell-never-runs',
      resolveId: (id) => (unused.includes(id) ? '\0unused' : null),
      load: (id) => (id === '\0unused' ? 'export default {};' : null),
    },
    {
      // Asking Node for this class loads its whole HTTP client, which only `hairpin serve` needs.
      name: 'ask-for-no-http-client',
      transform: {
        filter: { id: /node_modules\/just-bash\//, code: 'globalThis.Headers' },
        handler: (code) => ({ code: code.replaceAll('globalThis.Headers', 'undefined') }),
      },
    },
  ],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    cleanDir: true,
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
});
