import type { AgentDetail, SeenCredentialView, SightingView } from "@tabard/api"
import { lazy, type ReactNode, Suspense, useMemo } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { count } from "../../words/count.ts"
import { SeenCredentials } from "../agent/seen-credentials.tsx"
import { accessGraph } from "./access-graph.ts"
import { accessLinks } from "./access-links.ts"
import { AccessList } from "./access-list.tsx"

// Drawing and layout are a third of the console's code; only whoever opens this tab loads them.
const AccessPicture = lazy(() =>
  import("./access-picture.tsx").then(({ AccessPicture: component }) => ({ default: component })),
)

/** What an agent can reach: as a graph from it over its credentials to the systems, and the same as lists. */
export function AccessTab({ agent }: { agent: AgentDetail }): ReactNode {
  const { usesServers, holdsCredentials } = agent
  const links = useMemo(() => accessLinks({ usesServers, holdsCredentials }), [usesServers, holdsCredentials])
  const graph = useMemo(() => accessGraph(agent, links), [agent, links])
  if (usesServers.length + holdsCredentials.length === 0) return <NothingReached />
  return (
    <div className="space-y-8">
      <Section title={reachWords(agent)} className="max-md:hidden">
        <Suspense fallback={<div aria-hidden="true" className="skeleton h-64" />}>
          <AccessPicture graph={graph} />
        </Suspense>
        {links.unplaced.length > 0 && (
          <p className="mt-2 text-small text-faint">
            What {count(links.unplaced.length, "credential")} of these would open is not known: their kind
            names no provider.
          </p>
        )}
      </Section>
      <Section title="What it reaches">
        {links.reaches.length === 0 ? (
          <Frame>
            <EmptyFace title="No server">None of its configurations names an MCP server.</EmptyFace>
          </Frame>
        ) : (
          <AccessList reaches={links.reaches} />
        )}
      </Section>
      <Section title="Credentials it holds">
        <Frame>
          {holdsCredentials.length === 0 ? (
            <EmptyFace title="No credential">
              None was seen where it was looked for. Only fingerprints would show here, never the bytes.
            </EmptyFace>
          ) : (
            <SeenCredentials credentials={holdsCredentials.map((held) => ownPlacesFirst(held, agent.seen))} />
          )}
        </Frame>
      </Section>
    </div>
  )
}

// One credential may lie in the files of many agents; those of this one are what its reader can put right here.
function ownPlacesFirst(credential: SeenCredentialView, seen: readonly SightingView[]): SeenCredentialView {
  const files = seen.flatMap(({ locations }) => locations.map(({ path }) => path))
  const isOwn = (place: string): boolean => files.some((file) => place.startsWith(file))
  return {
    ...credential,
    locations: credential.locations.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a))),
  }
}

function NothingReached(): ReactNode {
  return (
    <Frame>
      <EmptyFace title="Nothing that it reaches was seen">
        No server and no credential stands in its configurations. Its own tools count under Risk.
      </EmptyFace>
    </Frame>
  )
}

function reachWords({ usesServers, holdsCredentials }: AgentDetail): string {
  const systems = new Set(usesServers.map(({ system, name }) => system ?? name)).size
  const held = holdsCredentials.length
  return `It reaches ${count(systems, "system")} with ${held === 0 ? "no credential" : count(held, "credential")}`
}
