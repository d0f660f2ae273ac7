import { declarationKnowledge } from "../declaration-knowledge.ts"

/** What an image is known to be. */
export type KnownImage =
  | { readonly kind: "agent"; readonly says: string }
  | { readonly kind: "gateway" }
  | { readonly kind: "server" }

/** Answers what an image is known to be, by its name without registry of Docker Hub, tag and digest; else undefined. */
export function knownImage(image: string): KnownImage | undefined {
  const { agents, gateways, servers } = declarationKnowledge().images
  const name = bareName(image)
  const agent = agents.find(([known]) => known === name)
  if (agent) return { kind: "agent", says: agent[1] }
  if (gateways.includes(name)) return { kind: "gateway" }
  const isServer = servers.some((known) => (known.endsWith("/") ? name.startsWith(known) : known === name))
  return isServer ? { kind: "server" } : undefined
}

function bareName(image: string): string {
  const name = image.replace(/@.*$/, "").replace(/:[^:/]*$/, "")
  return name.replace(/^docker\.io\//, "").toLowerCase()
}
