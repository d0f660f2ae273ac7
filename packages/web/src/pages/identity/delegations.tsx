import type { AgentDetail, DelegationView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { RemoveDialog } from "../../components/remove-dialog.tsx"
import { Said } from "../../components/said.tsx"
import { useDelegationsOf, useWithdrawDelegation } from "../../data/delegations-query.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { plainText } from "../../words/plain-text.ts"
import { AllowDelegationDialog } from "./allow-delegation-dialog.tsx"
import { TokenChain } from "./token-chain.tsx"

/** Which agents may act for this one, and for which it may. */
export function Delegations({ agent }: { agent: AgentDetail }): ReactNode {
  const mayChange = useMayAnswerFor(agent)
  const [allowing, setAllowing] = useState(false)
  return (
    <Section
      title="Acting for each other"
      beside={
        mayChange &&
        agent.state === "active" && (
          <Button icon="plus" onClick={() => setAllowing(true)}>
            Let another act for it
          </Button>
        )
      }
    >
      <Frame>
        <Loaded
          reading={readingOf(useDelegationsOf(agent.id))}
          what="Who may act for whom"
          loading={<SkeletonLines lines={2} />}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyFace title="No other agent acts for it">
              One that may exchanges its tokens for narrower ones of its own, and both stand in the record.
            </EmptyFace>
          }
          partial={({ next }) => (next === null ? null : "Only the first hundred are shown.")}
        >
          {({ items }) => (
            <ul aria-label="Acting for each other">
              {items.map((delegation) => (
                <li key={delegation.id} className="border-b px-3 py-2.5 last:border-b-0">
                  <DelegationRow agent={agent} delegation={delegation} mayWithdraw={mayChange} />
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </Frame>
      {allowing && <AllowDelegationDialog agent={agent} onClose={() => setAllowing(false)} />}
    </Section>
  )
}

function DelegationRow(props: {
  agent: AgentDetail
  delegation: DelegationView
  mayWithdraw: boolean
}): ReactNode {
  const { delegation, mayWithdraw } = props
  const { from, to, scope, allowedBy, allowedAt, expiresAt } = delegation
  const [withdrawing, setWithdrawing] = useState(false)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <div className="min-w-0 space-y-1">
        <TokenChain person={null} chain={[from]} last={to} current={props.agent.id} label="May act for" />
        <p className="text-small text-faint">
          {scope ? `may ${scope.join(", ")}` : "as far as each token goes"}, allowed <Moment at={allowedAt} />{" "}
          by <Said text={allowedBy.name} />
          {expiresAt && (
            <>
              , ends <Moment at={expiresAt} />
            </>
          )}
        </p>
      </div>
      {mayWithdraw && (
        <Button
          size="small"
          aria-label={`Withdraw that ${plainText(to.name)} acts for ${plainText(from.name)}…`}
          onClick={() => setWithdrawing(true)}
        >
          Withdraw…
        </Button>
      )}
      {withdrawing && <WithdrawDialog delegation={delegation} onClose={() => setWithdrawing(false)} />}
    </div>
  )
}

function WithdrawDialog(props: { delegation: DelegationView; onClose: () => void }): ReactNode {
  const { id, from, to } = props.delegation
  return (
    <RemoveDialog
      id={id}
      name="the permission"
      act="Withdraw it and end its tokens"
      description={`${plainText(to.name)} no longer acts for ${plainText(from.name)}: every live token that it exchanged under this ends, with all that came from it.`}
      removal={useWithdrawDelegation()}
      onClose={props.onClose}
    />
  )
}
