import { loadKnowledge } from "./load-knowledge.ts"

/** Answers the id that a framework is counted by: of its aliases, and of libraries that are kept as one collection. */
export function canonicalFramework(name: string): string {
  const known = loadKnowledge().frameworks.find(({ id, aliases }) => id === name || aliases?.includes(name))
  return known?.family ?? known?.id ?? name
}
