// The bundle that the workbench's pages load: one entry under a fixed name, the rest as chunks named by content.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/entrepot/web/static/dist",
    emptyOutDir: true,
    target: "es2022",
    // The first browsers with light-dark(), which an older target would rewrite.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    license: { fileName: "THIRD_PARTY.md" },
    rolldownOptions: {
      input: "src/workbench.ts",
      output: {
        entryFileNames: "workbench.js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: (asset) =>
          asset.names.includes("workbench.css") ? "workbench.css" : "assets/[name]-[hash][extname]",
      },
    },
  },
});
