import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { Environment } from "./relocated.ts"

/** Answers, of an environment, the variables that move clients' folders, and no other: the rest is nobody's business here. */
export function movingVariables(environment: Environment): Environment {
  const names = loadKnowledge().relocations.map(({ variable }) => variable)
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])))
}
