import type { AgentDetail, OfferView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { SuccessorChoice } from "../../components/successor-choice.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useMayAnswerFor } from "../../shell/may.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { dayOf, exactTime } from "../../words/time.ts"
import { Brought } from "./brought.tsx"
import { OfferAnswer } from "./offer-answer.tsx"
import { OfferDialog } from "./offer-dialog.tsx"

const GONE = ["dismissed", "retiring", "retired"]

/** Who answers for an agent, and who was asked to. */
export function Answering({ agent }: { agent: AgentDetail }): ReactNode {
  const [offering, setOffering] = useState(false)
  const mayOffer = useMayAnswerFor(agent) && !GONE.includes(agent.state)
  return (
    <Section
      title="Who answers for it"
      beside={
        mayOffer && (
          <Button size="small" look="quiet" onClick={() => setOffering(true)}>
            {agent.owner ? "Hand over…" : "Offer to somebody…"}
          </Button>
        )
      }
    >
      <Frame>
        <Owner agent={agent} />
        {mayOffer && agent.owner && <Follows agent={agent} />}
        {agent.offer && <Offered agent={agent} offer={agent.offer} mayWithdraw={mayOffer} />}
      </Frame>
      {offering && <OfferDialog agent={agent} onClose={() => setOffering(false)} />}
    </Section>
  )
}

function Owner({ agent: { owner, orphaned, mandate } }: { agent: AgentDetail }): ReactNode {
  if (!owner)
    return (
      <p className="flex items-center gap-2 px-3 py-2.5 text-high">
        <Icon name="nobody" className="size-4" />
        Nobody. It gets no token until somebody does.
      </p>
    )
  return (
    <div className="px-3 py-2.5">
      <p className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">
          <Said text={owner.name} />
        </span>
        {mandate && (
          <span className="shrink-0 text-small text-faint" title={exactTime(mandate.acceptedAt)}>
            since {dayOf(mandate.acceptedAt)}
          </span>
        )}
      </p>
      {orphaned && (
        <p className="mt-0.5 flex items-center gap-1.5 text-small text-high">
          <Icon name="warning" className="size-3" />
          They are not active any more: nobody answers for it.
        </p>
      )}
    </div>
  )
}

/** Who is asked first, once its owner leaves. */
function Follows({ agent: { id, owner, successor } }: { agent: AgentDetail }): ReactNode {
  const { mutate, isPending, error } = useAgentAct((client, named: string | null) =>
    client.nameAgentSuccessor({ id, successor: named }),
  )
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t px-3 py-2">
      <span className="text-soft">Asked first if its owner leaves</span>
      <SuccessorChoice
        label="Asked first if its owner leaves"
        successor={successor}
        except={owner?.id}
        busy={isPending}
        error={error}
        onName={mutate}
      />
    </div>
  )
}

function Offered(props: { agent: AgentDetail; offer: OfferView; mayWithdraw: boolean }): ReactNode {
  const { agent, offer } = props
  const { id } = useSignedIn().user
  const withdraw = useAgentAct((client, of: string) => client.withdrawOffer({ id: of }))
  return (
    <div className="space-y-2 border-t bg-panel px-3 py-2.5">
      <p>
        <Said text={offer.by.name} /> asked{" "}
        <span className="font-medium">{offer.to.id === id ? "you" : <Said text={offer.to.name} />}</span>{" "}
        <Moment at={offer.offeredAt} />
        <span className="text-faint">
          , open until <span title={exactTime(offer.expiresAt)}>{dayOf(offer.expiresAt)}</span>
        </span>
      </p>
      {offer.note !== null && (
        <p className="text-soft wrap-anywhere">
          <Said text={offer.note} />
        </p>
      )}
      <Brought offer={offer} />
      <div className="flex flex-wrap gap-2">
        {offer.to.id === id && <OfferAnswer offer={offer} />}
        {props.mayWithdraw && (
          <Button size="small" busy={withdraw.isPending} onClick={() => withdraw.mutate(agent.id)}>
            Withdraw the offer
          </Button>
        )}
      </div>
      <ProblemNote error={withdraw.error} />
    </div>
  )
}
