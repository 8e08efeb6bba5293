import { defineConfig } from 'vite'
import { recordPackages } from './scripts/setup/record-packages.mjs'

/** The command line: Node.js modules in out/cli, side by side; packages stay where npm put them. */
export default defineConfig({
  publicDir: false,
  plugins: [recordPackages('cli')],
  build: {
    ssr: 'src/cli/made.ts',
    outDir: 'out/cli',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'made.js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
