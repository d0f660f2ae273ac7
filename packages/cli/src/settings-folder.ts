import { join } from "node:path"
import type { Surroundings } from "./surroundings.ts"

/** Where the keys and settings of the person who runs the command are kept. */
export function settingsFolder({ env, home }: Pick<Surroundings, "env" | "home">): string {
  return join(env["XDG_CONFIG_HOME"] || join(home, ".config"), "tabard")
}
