import type { AgentDetail, TokenView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace } from "../../components/faces.tsx"
import { Frame } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useMayAnswerFor } from "../../shell/may.ts"
import { count } from "../../words/count.ts"
import { shortId } from "../../words/ids.ts"
import { Countdown } from "../approvals/countdown.tsx"
import { RevokeTokenDialog } from "./revoke-token-dialog.tsx"
import { TokenChain } from "./token-chain.tsx"
import { type TaskTokens, tokensByTask } from "./tokens-by-task.ts"

/** The tokens that live now, task by task, each with whom it acts for. */
export function LiveTokens({ agent }: { agent: AgentDetail }): ReactNode {
  const groups = tokensByTask(agent.tokens, agent.tasks)
  return (
    <Frame>
      {groups.length === 0 ? (
        <EmptyFace title="No token is alive">
          Tokens live for minutes, and are listed while they do.
        </EmptyFace>
      ) : (
        groups.map((group) => <TaskGroup key={group.task ?? "none"} agent={agent} group={group} />)
      )}
    </Frame>
  )
}

function TaskGroup({ agent, group }: { agent: AgentDetail; group: TaskTokens }): ReactNode {
  return (
    <section className="border-b last:border-b-0">
      <h3 className="border-b bg-panel px-3 py-1.5 text-small text-soft wrap-anywhere">
        <TaskTitle group={group} />
      </h3>
      <ul aria-label="Live tokens">
        {group.tokens.map((token) => (
          <li key={token.jti} className="border-b px-3 py-2.5 last:border-b-0">
            <TokenRow agent={agent} token={token} person={group.own?.onBehalfOf.name ?? null} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function TaskTitle({ group: { task, own } }: { group: TaskTokens }): ReactNode {
  if (task === null) return "Without a task"
  if (!own)
    return (
      <>
        A task of another agent, <code className="font-mono">{shortId(task)}</code>
      </>
    )
  return (
    <>
      Task: <Said text={own.text} />
    </>
  )
}

function TokenRow(props: { agent: AgentDetail; token: TokenView; person: string | null }): ReactNode {
  const { agent, token, person } = props
  const mayRevoke = useMayAnswerFor(agent)
  const [revoking, setRevoking] = useState(false)
  return (
    <div className="space-y-1.5">
      <div className="flex items-start justify-between gap-4">
        <TokenChain
          person={token.person?.name ?? person}
          chain={token.chain}
          last={agent}
          current={agent.id}
          label="Acts for"
        />
        <span className="flex shrink-0 items-center gap-3">
          <Countdown until={token.expiresAt} />
          {mayRevoke && (
            <Button size="small" onClick={() => setRevoking(true)}>
              Revoke…
            </Button>
          )}
        </span>
      </div>
      <p className="text-small text-faint wrap-anywhere">
        for{" "}
        <code className="font-mono">
          <Said text={token.audience} />
        </code>
        , {boundWords(token, agent)},{" "}
        {token.scope ? `may ${token.scope.join(", ")}` : "all that its intent allows"}
        {token.callsLeft !== null && `, ${count(token.callsLeft, "call")} left`}
        {token.below > 0 && `; ${count(token.below, "live token")} came from it`}
      </p>
      {revoking && <RevokeTokenDialog agent={agent} token={token} onClose={() => setRevoking(false)} />}
    </div>
  )
}

function boundWords({ bound, instance }: TokenView, { instances }: AgentDetail): ReactNode {
  const label = instances.find(({ id }) => id === instance)?.label
  if (bound === "nobody") return <span className="text-ask">bound to no key: whoever has it can use it</span>
  return label === undefined ? (
    "bound to a key"
  ) : (
    <>
      bound to the key of <Said text={label} />
    </>
  )
}
