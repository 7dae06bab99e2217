// How the scripts call npm: Node's own modules only, for this runs before anything is installed.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * What to spawn for `npm …`: under npm its own file by Node, so that neither a shell nor npm.cmd is needed.
 * @param {readonly string[]} args
 */
export function npm(args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith("npm-cli.js")
    ? { command: process.execPath, args: [cli, ...args], shell: false }
    : { command: "npm", args: [...args], shell: process.platform === "win32" };
}
