import type { OfferView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Frame, Section } from "../../components/page.tsx"
import { Said } from "../../components/said.tsx"
import { useOffers } from "../../data/people-query.ts"
import { dayOf } from "../../words/time.ts"
import { Brought } from "../about/brought.tsx"
import { OfferAnswer } from "../about/offer-answer.tsx"

/** The agents that the person is asked to answer for; nothing while there are none. */
export function Offers(): ReactNode {
  const offers = useOffers().data?.items ?? []
  if (offers.length === 0) return null
  return (
    <Section title="You are asked to answer for">
      <Frame>
        <ul>
          {offers.map((offer) => (
            <li key={offer.id} className="space-y-2 border-b px-3 py-2.5 last:border-b-0">
              <Asked offer={offer} />
              <Brought offer={offer} />
              <div className="flex flex-wrap gap-2">
                <OfferAnswer offer={offer} />
              </div>
            </li>
          ))}
        </ul>
      </Frame>
    </Section>
  )
}

function Asked({ offer: { agent, by, note, terms, expiresAt } }: { offer: OfferView }): ReactNode {
  return (
    <div>
      <Link to="/agents/$id" params={{ id: agent.id }} data-row="" className="font-medium hover:underline">
        <Said text={agent.name} />
      </Link>
      <p className="text-soft wrap-anywhere">
        <Said text={by.name} /> asks you
        {note !== null && (
          <>
            : <Said text={note} />
          </>
        )}
      </p>
      {terms && (
        <p className="wrap-anywhere">
          Its purpose: <Said text={terms.purpose} />
        </p>
      )}
      <p className="text-small text-faint">
        {terms && `Tier ${terms.tier}, until ${dayOf(terms.expiresAt)}. `}Open until {dayOf(expiresAt)}
      </p>
    </div>
  )
}
