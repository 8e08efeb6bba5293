import { defineConfig } from 'vite'

/** The benchmarks: Node.js programs in out/bench, made like the command line. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/bench',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { bench: 'bench/bench.ts', loading: 'bench/loading/loading.ts' },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
