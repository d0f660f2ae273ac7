import type { AgentDetail, InstanceView, TokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { shortId } from "../../words/ids.ts"
import { Countdown } from "../approvals/countdown.tsx"
import { EnrolmentOffer } from "./enrolment-offer.tsx"

/** Who the agent is towards other systems: its name, its keys, and the tokens that live now. */
export function IdentityTab({ agent }: { agent: AgentDetail }): ReactNode {
  return (
    <div className="max-w-3xl space-y-8">
      <Section title="Identity">
        <Copyable text={agent.identity} what="the identity" />
      </Section>
      <Section title="Instances">
        <Frame>
          {agent.instances.length === 0 ? (
            <EmptyFace title="No key is enrolled">
              An instance is one running install with a key of its own. Without one the agent gets no token.
            </EmptyFace>
          ) : (
            <ul>
              {agent.instances.map((instance) => (
                <InstanceRow key={instance.id} instance={instance} />
              ))}
            </ul>
          )}
        </Frame>
        <EnrolmentOffer agent={agent} />
      </Section>
      <Section title="Live tokens">
        <Frame>
          {agent.tokens.length === 0 ? (
            <EmptyFace title="No token is alive">
              Tokens live for minutes, and are listed while they do.
            </EmptyFace>
          ) : (
            <ul>
              {agent.tokens.map((token) => (
                <TokenRow key={token.jti} token={token} />
              ))}
            </ul>
          )}
        </Frame>
      </Section>
    </div>
  )
}

function InstanceRow({ instance }: { instance: InstanceView }): ReactNode {
  return (
    <li className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 border-b px-3 py-1.5 last:border-b-0">
      <span className={`min-w-0 ${instance.revokedAt ? "text-faint" : "font-medium"}`}>
        <Said text={instance.label} />
      </span>
      <span className="flex items-center gap-3 text-small text-faint">
        {instance.thumbprint && (
          <Copyable
            text={instance.thumbprint}
            shown={instance.thumbprint.slice(0, 8)}
            what="the key's thumbprint"
          />
        )}
        {instance.revokedAt ? (
          <>
            revoked <Moment at={instance.revokedAt} />
          </>
        ) : (
          <>
            enrolled <Moment at={instance.enrolledAt} />
          </>
        )}
      </span>
    </li>
  )
}

function TokenRow({ token }: { token: TokenView }): ReactNode {
  return (
    <li className="flex min-h-9 items-center justify-between gap-4 border-b px-3 py-1.5 last:border-b-0">
      <span className="min-w-0 truncate">
        for{" "}
        <code className="font-mono text-small">
          <Said text={token.audience} />
        </code>
        {token.task !== null && <span className="text-faint"> · task {shortId(token.task)}</span>}
      </span>
      <Countdown until={token.expiresAt} />
    </li>
  )
}
