import type { Location, SeenAgent } from "../report.ts"

/** Answers which of the places lie in an agent's own files; all of them where none does, for then it has them from elsewhere. */
export function ownPlaces(agent: SeenAgent, places: readonly Location[]): readonly Location[] {
  const files = new Set(agent.locations.map(({ path }) => path))
  const own = places.filter(({ path }) => files.has(path))
  return own.length > 0 ? own : places
}
