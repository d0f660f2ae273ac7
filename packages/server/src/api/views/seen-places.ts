import type { Observation } from "@tabard/control"
import { plainJson } from "./plain-json.ts"

/** Where a scan saw something, as the scan wrote it. */
export interface SeenPlace {
  readonly path: string
  readonly line: number | null
}

/** Answers the places that an observation names, in its order. */
export function placesOf({ body }: Pick<Observation, "body">): readonly SeenPlace[] {
  return objectsIn(body, "locations").map(({ path, line }) => ({
    path: String(path),
    line: typeof line === "number" ? line : null,
  }))
}

/** Answers the objects in a list of an observation's body; anything else in it is left out. */
export function objectsIn(
  body: Observation["body"],
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const value = body[name]
  const plain = value === undefined ? [] : plainJson(value)
  return Array.isArray(plain) ? plain.filter((item) => typeof item === "object" && item !== null) : []
}

/** Answers the observation that saw something last. */
export function newestOf(observations: readonly Observation[]): Observation | undefined {
  return observations.toSorted((a, b) => b.lastSeen.getTime() - a.lastSeen.getTime())[0]
}

/**
 * Answers the folder in which an observation saw an agent, which tells two of one name apart.
 *
 * Folders that hide at the end of a path (`.cursor`) belong to the client; people know the one around them.
 */
export function placeOf(observation: Observation | undefined): string | null {
  const first = observation && placesOf(observation)[0]?.path
  return first === undefined ? null : folderAround(first)
}

function folderAround(path: string): string {
  const parts = path.split("/").slice(0, -1)
  while (parts.length > 1 && parts.at(-1)?.startsWith(".")) parts.pop()
  return parts.join("/") || "/"
}
