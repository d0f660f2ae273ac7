import type { AgentDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useTrustRulesOf } from "../../data/trust-query.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { AddTrustRuleDialog } from "../trust/add-trust-rule-dialog.tsx"
import { TrustRuleRow } from "../trust/trust-rule-row.tsx"

/** The rules by which workloads elsewhere are this agent. */
export function AgentTrustRules({ agent }: { agent: AgentDetail }): ReactNode {
  const mayChange = useMayAnswerFor(agent)
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title="Trust rules"
      beside={
        mayChange &&
        agent.state === "active" && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            Add a trust rule
          </Button>
        )
      }
    >
      <Frame>
        <Loaded
          reading={readingOf(useTrustRulesOf(agent.id))}
          what="The trust rules"
          loading={<SkeletonLines lines={2} />}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyFace title="No platform speaks for it">
              A trust rule lets what GitHub Actions, Kubernetes or a cloud already says of a workload be worth
              the agent’s token, without a key.
            </EmptyFace>
          }
          partial={({ next }) => (next === null ? null : "Only the first hundred are shown.")}
        >
          {({ items }) => (
            <ul aria-label="Trust rules">
              {items.map((rule) => (
                <li key={rule.id} className="border-b last:border-b-0">
                  <TrustRuleRow rule={rule} tellsAgent={false} mayChange={mayChange} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Frame>
      {adding && <AddTrustRuleDialog agent={agent} onClose={() => setAdding(false)} />}
    </Section>
  )
}
