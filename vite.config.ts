import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The policy every end-to-end test runs under: nothing from another origin, no inline script or style.
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export default defineConfig({
  base: "./",
  plugins: [react()],
  build: { target: "es2023", assetsInlineLimit: 0 },
  worker: { format: "es" },
  preview: { headers: { "Content-Security-Policy": CONTENT_SECURITY_POLICY } },
  test: {
    include: ["src/**/*.test.ts", "app/**/*.test.ts", "conformance/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
