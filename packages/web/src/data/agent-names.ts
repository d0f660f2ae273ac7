import { useMemo } from "react"
import { shortId } from "../words/ids.ts"
import { plainText } from "../words/plain-text.ts"
import { useInventory } from "./agents-query.ts"

/** Answers how agents are called, by their ids; those that were not read yet by the id itself. */
export function useAgentNames(): (id: string) => string {
  const { agents } = useInventory()
  const names = useMemo(() => new Map<string, string>(agents.map(({ id, name }) => [id, name])), [agents])
  return (id) => plainText(names.get(id) ?? shortId(id))
}
