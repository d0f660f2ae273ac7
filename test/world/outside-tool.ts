import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

const PLACES = ["bin", "py/bin"]

/** Answers where a tool that others wrote is, or undefined where scripts/outside-tools.sh has not brought it. */
export function outsideTool(name: string): string | undefined {
  return PLACES.map((place) =>
    fileURLToPath(new URL(`../../node_modules/.outside/${place}/${name}`, import.meta.url)),
  ).find((path) => existsSync(path))
}

/** Answers why a suite that needs these tools is skipped, or false where all are there: for the option `skip`. */
export function lacksTools(...names: readonly string[]): string | false {
  const lacking = names.filter((name) => !outsideTool(name))
  return lacking.length > 0 && `outside tool ${lacking.join(", ")} is missing: run scripts/outside-tools.sh`
}

/** Answers where a tool is that a suite with `lacksTools` has made sure of. */
export function requireTool(name: string): string {
  const path = outsideTool(name)
  if (!path) throw new Error(`outside tool ${name} is missing: run scripts/outside-tools.sh`)
  return path
}
