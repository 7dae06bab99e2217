import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the app with one more lens is built to. */
export const TOY_DIST = fileURLToPath(new URL("../../node_modules/.cache/toy/", import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  logLevel: "warn",
  plugins: [react()],
  build: { target: "es2023", outDir: TOY_DIST, emptyOutDir: true },
  worker: { format: "es" },
});
