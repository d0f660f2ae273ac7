import type { AgentSummary } from "@tabard/api"
import { placeEnds } from "./place-ends.ts"
import { plainText } from "./plain-text.ts"

type Named = Pick<AgentSummary, "id" | "name" | "place">

/** Answers the agents by name, each as words that tell it from the others: those of one name say their place too. */
export function tellingNames(
  agents: readonly Named[],
): readonly { readonly id: string; readonly words: string }[] {
  const alike = Map.groupBy(agents, ({ name }) => name)
  return agents
    .map(({ id, name, place }) => ({
      id,
      words: plainText(
        place !== null && (alike.get(name)?.length ?? 0) > 1 ? `${name}, ${placeEnds(place)}` : name,
      ),
    }))
    .toSorted((a, b) => a.words.localeCompare(b.words))
}
