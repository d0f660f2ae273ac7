import { join } from "node:path"
import { machineKey } from "../machine-key.ts"
import type { Surroundings } from "../surroundings.ts"
import { parseScan, runScan } from "./scan.ts"

/** `tabard scan`, on this machine. Its key is kept where the person's other settings are. */
export async function scanCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseScan(args)
  const { home, env } = surroundings
  const settings = env["XDG_CONFIG_HOME"] ?? join(home, ".config")
  return runScan(options, {
    ...surroundings,
    os: process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "linux",
    fingerprintKey: () => machineKey(join(settings, "tabard", "scan-key")),
  })
}
