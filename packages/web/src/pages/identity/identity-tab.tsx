import type { AgentDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Section } from "../../components/page.tsx"
import { AgentTrustRules } from "./agent-trust-rules.tsx"
import { Delegations } from "./delegations.tsx"
import { EnrolmentOffer } from "./enrolment-offer.tsx"
import { IdentityActs } from "./identity-acts.tsx"
import { Instances } from "./instances.tsx"
import { LiveTokens } from "./live-tokens.tsx"

/** Who the agent is towards other systems: its name, how each install proves it, the tokens that live now, and how that ends. */
export function IdentityTab({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <div className="max-w-4xl space-y-8">
      <Section title="Identity">
        <p className="mb-1 text-pretty text-soft">
          The name under which other systems know it. Each install has a name of its own beneath it.
        </p>
        <Copyable text={agent.identity} what="the identity" />
        <IdentityActs agent={agent} />
      </Section>
      <Section title="How it proves itself">
        <Instances agent={agent} />
        <EnrolmentOffer agent={agent} />
      </Section>
      <AgentTrustRules agent={agent} />
      <Delegations agent={agent} />
      <Section title="Live tokens">
        <LiveTokens agent={agent} />
      </Section>
    </div>
  )
}
