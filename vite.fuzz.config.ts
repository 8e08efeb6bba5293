import { defineConfig } from 'vite'

/** The fuzz program: Node.js modules in out/fuzz, made like the command line. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/fuzz',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { fuzz: 'test/fuzz/fuzz.ts', worker: 'test/fuzz/running/worker.ts' },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
