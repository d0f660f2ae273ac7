import type { AgentDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { FindingRow } from "../../components/finding-row.tsx"
import { Frame, Section } from "../../components/page.tsx"

/** What is to be put right about an agent, its credentials and its servers; what is lived with stands apart. */
export function AgentFindingsTab({ agent }: { agent: AgentDetail }): ReactNode {
  const open = agent.findings.filter(({ state }) => state === "open")
  const accepted = agent.findings.filter(({ state }) => state === "accepted")
  return (
    <div className="max-w-4xl space-y-8">
      <Section title="To be put right" beside={<AllFindings id={agent.id} />}>
        <Frame>
          {open.length === 0 ? (
            <EmptyFace title="Nothing is to be put right">
              No rule finds anything about it that stands.
            </EmptyFace>
          ) : (
            <Rows findings={open} agent={agent.id} />
          )}
        </Frame>
      </Section>
      {accepted.length > 0 && (
        <Section title="Lived with">
          <Frame>
            <Rows findings={accepted} agent={agent.id} />
          </Frame>
        </Section>
      )}
    </div>
  )
}

function Rows({ findings, agent }: Pick<AgentDetail, "findings"> & { agent: string }): ReactNode {
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.id} className="border-b last:border-b-0">
          <FindingRow
            finding={finding}
            search={{ agent, ...(finding.state === "open" ? {} : { state: finding.state }) }}
          />
        </li>
      ))}
    </ul>
  )
}

function AllFindings({ id }: { id: string }): ReactNode {
  return (
    <Link to="/findings" search={{ agent: id }} className="text-small text-accent hover:underline">
      Open them as a list
    </Link>
  )
}
