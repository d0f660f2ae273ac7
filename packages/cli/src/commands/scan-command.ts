import { join, parse } from "node:path"
import { machineKey } from "../machine-key.ts"
import type { Surroundings } from "../surroundings.ts"
import { runScan, SCAN_EXIT } from "./scan.ts"
import { parseScan } from "./scan-arguments.ts"
import { SCAN_HELP } from "./scan-help.ts"

/** `tabard scan`, on this machine. Its key is kept where the person's other settings are. */
export async function scanCommand(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parseScan(args)
  const { home, env, stdout } = surroundings
  if (!asked) {
    stdout.write(SCAN_HELP)
    return SCAN_EXIT.done
  }
  const settings = env["XDG_CONFIG_HOME"] ?? join(home, ".config")
  return runScan(asked, {
    ...surroundings,
    os: process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "linux",
    systemRoot: parse(process.execPath).root,
    fingerprintKey: () => machineKey(join(settings, "tabard", "scan-key")),
  })
}
