import type { AgentDetail } from "@tabard/api"
import { capabilityWords, credentialWords, flagWords, STORAGE_WORDS } from "../../words/access-words.ts"
import { AUTONOMY_WORDS } from "../../words/agent-words.ts"
import type { AccessLinks } from "./access-links.ts"

/** What stands in each column of the graph. */
export type NodeKind = "agent" | "credential" | "system"

/** One box of the graph: what it is, and the line that matters about it. */
export interface AccessNode {
  readonly id: string
  readonly kind: NodeKind
  readonly title: string
  readonly note: string
  /** Why somebody should look, said in words; null where nothing stands out. */
  readonly concern: string | null
}

/** An arrow from a box to what it leads to. */
export interface AccessEdge {
  readonly from: string
  readonly to: string
}

/** The boxes and arrows of an agent's access. */
export interface AccessGraph {
  readonly nodes: readonly AccessNode[]
  readonly edges: readonly AccessEdge[]
}

const AGENT = "agent"
const UNSEEN: AccessNode = {
  id: "unseen",
  kind: "credential",
  title: "No credential seen",
  note: "if it needs one at all",
  concern: null,
}

/** Draws what an agent reaches as boxes and arrows: from it over its credentials to the systems. */
export function accessGraph(
  agent: Pick<AgentDetail, "name" | "autonomy" | "holdsCredentials">,
  { reaches }: AccessLinks,
): AccessGraph {
  const isOpened = reaches.every(({ opens }) => opens.length > 0)
  return {
    nodes: [
      {
        id: AGENT,
        kind: "agent",
        title: agent.name,
        note: AUTONOMY_WORDS[agent.autonomy].label,
        concern: null,
      },
      ...agent.holdsCredentials.map((credential) => ({
        id: credential.id,
        kind: "credential" as const,
        title: credentialWords(credential),
        note: credential.storedAs === "plaintext" ? "" : STORAGE_WORDS[credential.storedAs],
        concern: credential.storedAs === "plaintext" ? STORAGE_WORDS.plaintext : null,
      })),
      ...(isOpened ? [] : [UNSEEN]),
      ...reaches.map(({ server }) => ({
        id: server.id,
        kind: "system" as const,
        title: server.system ?? server.name,
        note: capabilityWords(server.capabilities),
        concern: server.flags.length > 0 ? server.flags.map(flagWords).join(", ") : null,
      })),
    ],
    edges: [
      ...agent.holdsCredentials.map(({ id }) => ({ from: AGENT, to: id })),
      ...(isOpened ? [] : [{ from: AGENT, to: UNSEEN.id }]),
      ...reaches.flatMap(({ server, opens }) =>
        (opens.length > 0 ? opens : [UNSEEN]).map(({ id }) => ({ from: id, to: server.id })),
      ),
    ],
  }
}
