import { defineConfig } from 'vite'

/** Programs for whoever works on MADE Studio, and what each starts: Node.js modules in out/, made like the command line. */
const PROGRAMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bench: { bench: 'bench/bench.ts', loading: 'bench/loading/loading.ts', asking: 'bench/asking/asking.ts' },
  'compare-readers': { 'compare-readers': 'test/compare-readers/compare-readers.ts' },
  fuzz: { fuzz: 'test/fuzz/fuzz.ts', worker: 'test/fuzz/running/worker.ts' },
  torture: {
    torture: 'test/torture/torture.ts',
    'compute-host': 'test/torture/compute-host.ts',
    'file-layer': 'test/torture/file-layer.ts',
  },
}

/** `--mode` names the program. */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  build: {
    ssr: true,
    outDir: `out/${mode}`,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: PROGRAMS[mode],
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
}))
