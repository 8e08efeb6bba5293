import { defineConfig } from 'vite'

/** The benchmark: a Node.js program in out/bench, made like the command line. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'bench/bench.ts',
    outDir: 'out/bench',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'bench.js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name]-[hash][extname]' },
    },
  },
})
