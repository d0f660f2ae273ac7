import type { CoverageView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Drawer, DrawerPart } from "../../components/drawer.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentNames } from "../../data/agent-names.ts"
import { useServers } from "../../data/servers-query.ts"
import { count } from "../../words/count.ts"
import { shortId } from "../../words/ids.ts"

const PARTS = [
  ["permit", "Permitted"],
  ["ask", "Asked first"],
  ["deny", "Kept from it"],
] as const

/** What rules one agent, tool by tool, with the policies that speak on each. */
export function CoverageDrawer(props: {
  agent: string
  coverage: CoverageView | undefined
  onClose: () => void
}): ReactNode {
  const { agent, coverage, onClose } = props
  const nameOf = useAgentNames()
  return (
    <Drawer kind="Agent's rules" onClose={onClose}>
      <div className="space-y-5">
        <div>
          <h2 className="text-lead font-semibold wrap-anywhere">{nameOf(agent)}</h2>
          <Link
            to="/agents/$id"
            params={{ id: agent }}
            search={{ tab: "manifest" }}
            className="text-accent hover:underline"
          >
            Its manifest
          </Link>
        </div>
        {coverage ? (
          <Story coverage={coverage} />
        ) : (
          <p className="text-soft">It is not among the agents that are shown.</p>
        )}
      </div>
    </Drawer>
  )
}

function Story({ coverage }: { coverage: CoverageView }): ReactNode {
  return (
    <>
      <p className="text-pretty text-soft">
        {coverage.manifest
          ? "A manifest binds it. A tool that stands in none of these lists is under no rule, and denied."
          : "No manifest binds it, so it may use no tool that is not permitted by hand."}
        {coverage.byHand && " Policies were written by hand beside it."}
      </p>
      {PARTS.map(([verdict, title]) => (
        <Tools
          key={verdict}
          title={title}
          agent={coverage.agent}
          tools={coverage.tools.filter((one) => one.verdict === verdict)}
        />
      ))}
    </>
  )
}

function Tools(props: { title: string; agent: string; tools: CoverageView["tools"] }): ReactNode {
  const { title, agent, tools } = props
  const servers = useServers().data?.items ?? []
  const names = new Map(servers.map(({ id, name }) => [id, name]))
  if (tools.length === 0) return null
  return (
    <DrawerPart title={`${title}: ${count(tools.length, "tool")}`}>
      <ul className="border-t">
        {tools.map(({ server, tool, policies }) => (
          <li key={`${server}/${tool}`} className="border-b py-1.5">
            <code className="block font-mono wrap-anywhere">
              <Said text={`${names.get(server) ?? shortId(server)}/${tool}`} />
            </code>
            <span className="block font-mono text-small wrap-anywhere text-faint">
              <Said text={policies.map((policy) => policyName(policy, agent)).join(", ")} />
            </span>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}

/** Says where in the agent's own rules a policy stands, without the agent's id before it. */
function policyName(policy: string, agent: string): string {
  if (!policy.startsWith(`${agent}/`)) return policy
  const place = policy.slice(agent.length + 1)
  return place.startsWith("hand/") ? place : `manifest/${place}`
}
